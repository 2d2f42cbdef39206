import type { auditRequests } from '../../../common/contract/requests/audit';
import type { HandlersOf } from '../../../common/contract/server';
import type { ConsoleParts } from '../console-parts';
import { askStore } from '../store-refusal';

export function auditHandlers({ audit }: ConsoleParts): HandlersOf<typeof auditRequests> {
  return {
    'audit.list': async (query) => {
      const { entries, next } = await askStore(audit.list(query));
      return { entries: [...entries], next };
    },
  };
}
