import type { drillRequests } from '../../../common/contract/requests/drill';
import type { HandlersOf } from '../../../common/contract/server';
import type { ConsoleParts } from '../console-parts';

export function drillHandlers({ drills }: ConsoleParts): HandlersOf<typeof drillRequests> {
  return {
    'drill.get': () => ({ drill: drills.last }),
    'drill.start': (params) => ({ drill: drills.start(params) }),
    'drill.stop': () => ({ drill: drills.stop() }),
  };
}
