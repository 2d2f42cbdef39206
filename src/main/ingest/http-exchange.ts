import { HubError } from '../../common/contract/errors';
import { CLOSE } from '../../common/wire/close-codes';
import type { IngestErrorCode } from '../../common/wire/ingest';
import { ProtocolError } from '../../common/wire/protocol-error';
import type { ConnectionOrigin } from './connection-origin';
import type { IngestContext } from './context';
import { PhoneConnection } from './phone-connection';
import { PhoneLines } from './phone-lines';
import type { Admission } from './ports';

/** A refusal with the time after which it is worth trying again, ms; null when that is of no use. */
export class HttpRefusal extends ProtocolError {
  readonly retryAfterMs: number | null;
  constructor(code: IngestErrorCode, message: string, retryAfterMs: number | null) {
    super(code, message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** What became of one request. */
interface Exchanged {
  /** Null: the message has no answer. */
  readonly answer: object | null;
  /** Still held: to be released by the caller. Null when nobody was admitted. */
  readonly admission: Admission | null;
  /** Frames stored. */
  readonly frames: number;
}

/** Nobody is told through a request: the way back is the event stream. */
const NO_LINES = new PhoneLines();

/**
 * One message in, one answer out, by the same rules as on a socket. @param text of the message
 * @throws HttpRefusal, HubError forbidden: the operator removed this phone. Nothing is held then.
 */
export async function exchange(
  text: string | null,
  size: number,
  origin: ConnectionOrigin,
  context: IngestContext,
): Promise<Exchanged> {
  const sent: string[] = [];
  let closedWith: number | null = null;
  const link = {
    send: (message: string) => sent.push(message),
    flush: () => {},
    close: (code: number) => {
      closedWith = code;
    },
    pause: () => {},
    resume: () => {},
    measure: () => {},
  };
  // Who is there is told by who sent lately, not by each request.
  const observer = { ...context.observer, admitted: () => {}, handshaken: () => {} };
  const connection = new PhoneConnection(link, origin, { ...context, observer, lines: NO_LINES, replacements: null });
  connection.handle(text, size);
  await connection.drain();
  const { admission, frames } = connection;
  const answer = toAnswer(sent.at(-1));
  if (closedWith !== CLOSE.kicked && !isError(answer)) return { answer, admission, frames };
  if (admission) context.directory.release(admission.deviceId);
  if (!isError(answer)) throw new HubError('forbidden', 'The operator removed this phone; it may come back later.');
  throw new HttpRefusal(answer.code, answer.message, answer.retryAfterMs ?? null);
}

interface ErrorAnswer {
  readonly type: 'error';
  readonly code: IngestErrorCode;
  readonly message: string;
  readonly retryAfterMs?: number;
}

const toAnswer = (text: string | undefined): object | null =>
  text === undefined ? null : (JSON.parse(text) as object);

const isError = (answer: object | null): answer is ErrorAnswer =>
  answer !== null && 'type' in answer && answer.type === 'error';
