import type { HubSignal } from '../../common/wire/signaling';
import type { Incoming, SignalObject } from './incoming';
import { headerLengthOf, textFrame } from './text-frame';

/**
 * A message on its way to one peer or to thousands: written once and framed once for all sockets, and read by none but
 * the peers that take objects.
 */
export class Outgoing {
  readonly #write: () => readonly Buffer[];
  readonly #read: () => SignalObject;
  #frame: Buffer | null = null;
  #message: SignalObject | null = null;

  private constructor(write: () => readonly Buffer[], read: () => SignalObject) {
    this.#write = write;
    this.#read = read;
  }

  /** One that was kept as its frame; what it says is read anew each time. */
  static again(frame: Buffer): Outgoing {
    const payload = frame.subarray(headerLengthOf(frame));
    const outgoing = new Outgoing(
      () => [payload],
      () => JSON.parse(payload.toString('utf8')) as SignalObject,
    );
    outgoing.#frame = frame;
    return outgoing;
  }

  /** The hub's own. */
  static of(message: HubSignal | SignalObject): Outgoing {
    return new Outgoing(
      () => [Buffer.from(JSON.stringify(message))],
      () => ({ ...message }),
    );
  }

  /** A client's, its content as it came but for `from`. */
  static relayed({ bytes, message }: Incoming, from: string): Outgoing {
    const read = (): SignalObject => ({ ...message, from });
    // Forged: only then the text is written anew. Else numbers and spelling stay the sender's own.
    if (Object.hasOwn(message, 'from')) return Outgoing.of(read());
    const inside = bytes.indexOf(OPENING) + 1;
    const head = Buffer.from(`{"from":${JSON.stringify(from)},`);
    return new Outgoing(() => [head, bytes.subarray(inside)], read);
  }

  /** As a WebSocket frame. */
  get frame(): Buffer {
    this.#frame ??= textFrame(this.#write());
    return this.#frame;
  }

  /** As an object. */
  get message(): SignalObject {
    this.#message ??= this.#read();
    return this.#message;
  }
}

const OPENING = '{'.charCodeAt(0);
