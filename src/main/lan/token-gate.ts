import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { CLOSE } from '../../common/wire/close-codes';
import { LIMITS } from '../../common/wire/limits';
import { turnAway } from './turn-away';

/** What becomes of a socket that came without a key. */
export interface TokenGate {
  /** How long it may stay silent. */
  readonly firstMessageMs: number;
  /** Checks the token of the first message; resolves false when it does not open this endpoint, in its own time. */
  tryToken(token: string | null): true | Promise<false>;
  /** The first message, whole, when its token was right. Called synchronously, so that no later message is missed. */
  onAdmitted(first: string): void;
}

/** Lets nothing through but one small first message that holds a key; sends nothing; holds little. */
export function guardSocket(socket: WebSocket, raw: Duplex, gate: TokenGate): void {
  let isDecided = false;
  let bytes = 0;
  const decide = (): void => {
    isDecided = true;
    clearTimeout(timer);
    socket.off('message', onMessage);
    raw.off('data', onData);
  };
  const refuse = (code: number, reason: string): void => {
    if (!isDecided) decide();
    turnAway(socket, raw, code, reason);
  };
  const onMessage = (data: RawData, isBinary: boolean): void => {
    const text = isBinary ? '' : (data as Buffer).toString('utf8');
    if ((data as Buffer).byteLength > LIMITS.firstMessageBytes) {
      refuse(CLOSE.messageTooBig, 'First message over 16 KiB');
      return;
    }
    decide();
    const verdict = gate.tryToken(tokenIn(text));
    if (verdict === true) {
      gate.onAdmitted(text);
      return;
    }
    // While the answer is held back nothing more is taken in.
    raw.removeAllListeners('data');
    raw.pause();
    void verdict.then(() => refuse(CLOSE.policyViolation, 'Unauthorized'));
  };
  // Runs after the socket's own listener, which has by then parsed this chunk; so what an unknown peer can make us
  // hold is the limit and one chunk (64 KiB). The frame's own header counts: 14 bytes at most.
  const onData = (chunk: Buffer): void => {
    bytes += chunk.byteLength;
    if (bytes > LIMITS.firstMessageBytes + 14) refuse(CLOSE.messageTooBig, 'First message over 16 KiB');
  };
  const timer = setTimeout(() => refuse(CLOSE.policyViolation, 'Unauthorized'), gate.firstMessageMs);
  timer.unref();
  socket.on('message', onMessage);
  raw.on('data', onData);
  socket.once('close', () => {
    if (!isDecided) decide();
  });
}

/** `token` of any JSON object; null when there is none. */
function tokenIn(text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('token' in value)) return null;
  return typeof value.token === 'string' && value.token !== '' ? value.token : null;
}
