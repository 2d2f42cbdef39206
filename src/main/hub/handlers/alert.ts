import { HubError } from '../../../common/contract/errors';
import type { alertRequests } from '../../../common/contract/requests/alert';
import type { HandlersOf } from '../../../common/contract/server';
import { OPERATOR } from '../audit';
import type { ConsoleParts } from '../console-parts';
import type { ConsoleHost } from '../hub';
import { callerOf } from '../phone-alerts';

/** What a carrier who calls for help reads then. */
const SEEN = 'The control room has seen your call for help.';

export function alertHandlers(
  { alerts, audit, devices, phones }: ConsoleParts,
  host: ConsoleHost | null,
): HandlersOf<typeof alertRequests> {
  return {
    'alert.acknowledge': ({ id }) => {
      const seen = alerts.acknowledge(id, host ? 'window' : 'browser');
      if (!seen) throw new HubError('not_found', 'There is no such alert any more.');
      if (!seen.isNews) return { alert: seen.alert };
      const deviceId = callerOf(id);
      const isThere = deviceId !== null && devices.get(deviceId) !== null;
      if (isThere) phones.write(deviceId, SEEN);
      const detail = `Seen: ${seen.alert.sentence}`;
      audit.record({ action: 'alert.acknowledged', actor: OPERATOR, deviceId: isThere ? deviceId : null, detail });
      return { alert: seen.alert };
    },
    'alert.log': () => ({ alerts: [...alerts.log()] }),
  };
}
