import type { IngestError } from '../../common/wire/ingest';

/** The frame's own id, for the answer, whether or not the rest of it is in order. */
export function idOf(data: unknown): string | number | null {
  const id = typeof data === 'object' && data !== null && 'id' in data ? data.id : null;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

/** What of a message its answer names. */
export const echoOf = (
  received: string | number | null,
  boot: string | null,
  seq: number | null,
): Partial<IngestError> => ({
  received,
  ...(boot === null ? {} : { boot }),
  ...(seq === null ? {} : { seq }),
});
