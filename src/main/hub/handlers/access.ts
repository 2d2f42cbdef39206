import type { accessRequests } from '../../../common/contract/requests/access';
import type { HandlersOf } from '../../../common/contract/server';
import { OPERATOR } from '../audit';
import type { ConsoleParts } from '../console-parts';

export function accessHandlers({ access, audit, people }: ConsoleParts): HandlersOf<typeof accessRequests> {
  return {
    'access.get': () => access.state(),
    'access.set': async ({ approveFirst }) => {
      await access.set(approveFirst);
      const detail = approveFirst
        ? 'New phones have to be let in by the operator.'
        : 'Every phone with a key is let in at once.';
      audit.record({ action: 'access.changed', actor: OPERATOR, detail });
      return access.state();
    },
    'access.approve': async ({ deviceId }) => {
      await people.approve(deviceId);
      return access.state();
    },
    'access.deny': ({ deviceId }) => {
      people.deny(deviceId);
      return access.state();
    },
  };
}
