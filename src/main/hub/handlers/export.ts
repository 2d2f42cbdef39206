import type { exportRequests } from '../../../common/contract/requests/export';
import type { HandlersOf, HubConnection } from '../../../common/contract/server';
import type { ConsoleParts } from '../console-parts';
import type { ConsoleHost } from '../hub';
import { askStore } from '../store-refusal';

export function exportHandlers(
  { exports }: ConsoleParts,
  connection: HubConnection,
  host: ConsoleHost | null,
): HandlersOf<typeof exportRequests> {
  return {
    'export.start': (params) => askStore(exports.start(params, connection, host)),
    'export.cancel': ({ exportId }) => {
      exports.cancel(exportId);
      return {};
    },
  };
}
