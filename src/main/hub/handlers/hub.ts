import type { hubRequests } from '../../../common/contract/requests/hub';
import type { ConsoleRole, HandlersOf } from '../../../common/contract/server';
import { CONTRACT_VERSION } from '../../../common/contract/version';
import type { ConsoleParts } from '../console-parts';
import type { ConsoleHost } from '../hub';

export function hubHandlers(
  { hubId, version, startedAtMs, dataFolder, clock, sessions, live, alerts }: ConsoleParts,
  role: ConsoleRole,
  host: ConsoleHost | null,
  subscribed: () => void,
): HandlersOf<typeof hubRequests> {
  return {
    'hub.hello': () => ({
      contractVersion: CONTRACT_VERSION,
      hubId,
      version,
      role,
      capabilities: host ? ['native.saveDialog'] : [],
      nowMs: clock.now(),
      startedAtMs,
      dataFolder,
    }),
    'live.subscribe': () => {
      subscribed();
      return { session: sessions.current, devices: [...live.list()], alerts: [...alerts.list()] };
    },
  };
}
