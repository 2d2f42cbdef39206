import { HubError } from '../../../common/contract/errors';
import type { doctorRequests } from '../../../common/contract/requests/doctor';
import type { HandlersOf, HubConnection } from '../../../common/contract/server';
import { runDoctor } from '../../doctor';
import type { ConsoleParts } from '../console-parts';

export function doctorHandlers(parts: ConsoleParts, connection: HubConnection): HandlersOf<typeof doctorRequests> {
  return {
    'doctor.run': async () => {
      const patient = parts.doctor();
      if (!patient) throw new HubError('conflict', 'The hub does not listen yet.');
      return { checks: [...(await runDoctor(patient, (check) => connection.emit('doctor.progress', check)))] };
    },
  };
}
