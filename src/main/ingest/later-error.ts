import type { IngestErrorCode } from '../../common/wire/ingest';
import { ProtocolError } from '../../common/wire/protocol-error';

/** Refused for now: what was sent may come again. */
export class LaterError extends ProtocolError {
  /** From now. */
  readonly retryAfterMs: number;
  constructor(code: IngestErrorCode, message: string, retryAfterMs: number) {
    super(code, message);
    this.retryAfterMs = retryAfterMs;
  }
}
