import type { exportRequests } from '../../../common/contract/requests/export';
import type { ConsoleRole, HandlersOf, HubConnection } from '../../../common/contract/server';
import type { ConsoleParts } from '../console-parts';
import type { ConsoleHost } from '../hub';
import { askStore } from '../store-refusal';

export function exportHandlers(
  { audit, exports }: ConsoleParts,
  connection: HubConnection,
  role: ConsoleRole,
  host: ConsoleHost | null,
): HandlersOf<typeof exportRequests> {
  return {
    'export.start': async (params) => {
      const started = await askStore(exports.start(params, connection, host));
      if (started.outcome !== 'cancelled') {
        const file = started.outcome === 'writing' ? started.path : started.fileName;
        const detail = `Session ${params.sessionId} as ${params.format.toUpperCase()}, to ${file}.`;
        audit.record({ action: 'export.started', actor: { kind: role }, detail });
      }
      return started;
    },
    'export.cancel': ({ exportId }) => {
      exports.cancel(exportId);
      return {};
    },
  };
}
