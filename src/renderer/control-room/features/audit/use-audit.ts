import { useCallback, useEffect, useRef, useState } from 'react';
import type { AuditEntry } from '../../../../common/model/audit';
import { askHub, sentenceOf } from '../../connect/ask-hub';
import { useConnectionStore } from '../../stores/connection-store';

/** Which entries are asked for. */
interface AuditFilter {
  readonly deviceId: string | null;
  readonly search: string;
}

type Loaded =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly entries: readonly AuditEntry[]; readonly next: number | null }
  | { readonly kind: 'failed'; readonly sentence: string };

/** Entries of a page: about three screens. */
const PAGE = 100;

/** The audit log, a page at a time; begins anew when the filter changes or `reload` is called. */
export function useAudit({ deviceId, search }: AuditFilter): {
  readonly loaded: Loaded;
  readonly reload: () => void;
  readonly loadMore: () => void;
} {
  const client = useConnectionStore((state) => state.client);
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'loading' });
  /** An answer to a question before the newest is of no use. */
  const newest = useRef(0);
  const load = useCallback(
    (entries: readonly AuditEntry[], before: number | null) => {
      newest.current += 1;
      const mine = newest.current;
      const show = (next: Loaded): void => {
        if (mine === newest.current) setLoaded(next);
      };
      askHub('audit.list', { deviceId, search, limit: PAGE, before }).then(
        (page) => show({ kind: 'ready', entries: [...entries, ...page.entries], next: page.next }),
        (error: unknown) => show({ kind: 'failed', sentence: sentenceOf(error) }),
      );
    },
    [deviceId, search],
  );
  const reload = useCallback(() => load([], null), [load]);
  useEffect(() => {
    if (client) reload();
  }, [client, reload]);
  const loadMore = (): void => {
    if (loaded.kind === 'ready') load(loaded.entries, loaded.next);
  };
  return { loaded, reload, loadMore };
}
