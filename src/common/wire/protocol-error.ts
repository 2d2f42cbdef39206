import type { IngestErrorCode } from './ingest';

/** Bad input from the LAN: answered with one `error`, counted, stored nowhere; it never ends the connection. */
export class ProtocolError extends Error {
  readonly code: IngestErrorCode;
  constructor(code: IngestErrorCode, message: string) {
    super(message);
    this.name = 'ProtocolError';
    this.code = code;
  }
}
