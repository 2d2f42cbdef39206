import type { IngestError } from '../../common/wire/ingest';
import { ProtocolError } from '../../common/wire/protocol-error';
import { LaterError } from './later-error';
import { PendingError } from './pending';

/**
 * The answer to bad input. Anything else is a bug of ours: the log learns it, the phone keeps its frame and tries again.
 * @param echo what of the message the answer names. @param told `onRefused` of what is the phone's fault, by its code
 */
export function answerTo(
  error: unknown,
  echo: Partial<IngestError>,
  told: { onBug(error: unknown): void; onRefused(code: string): void },
): IngestError {
  if (!(error instanceof ProtocolError)) {
    told.onBug(error);
    const message = 'the hub failed to keep this; try again later';
    return { type: 'error', code: 'storage_unavailable', message, ...echo };
  }
  const { code, message } = error;
  // Nobody's fault: it waits to be let in.
  if (!(error instanceof PendingError)) told.onRefused(code);
  // Not for good: it is stored when the phone is let in.
  const retry = error instanceof LaterError ? { retryAfterMs: error.retryAfterMs } : {};
  return { type: 'error', code, message, ...echo, ...retry };
}
