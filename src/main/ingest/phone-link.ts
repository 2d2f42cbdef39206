import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { LIMITS } from '../../common/wire/limits';
import { Outbox } from './outbox';

/** The way to one phone, whatever it runs over. */
export interface PhoneLink {
  /** Nothing happens once the phone is gone. */
  send(text: string): void;
  /** Hands over what was sent, should it still wait for the end of the turn. */
  flush(): void;
  close(code: number, reason: string): void;
  pause(): void;
  resume(): void;
  /** Measures a round trip below our own messages and tells its length, ms; never, where that can't be done. */
  measure(told: (roundTripMs: number) => void): void;
}

/** A measurement that got no answer for this long is given up, ms: the next one may go out. */
const MEASURE_PATIENCE_MS = 10_000;

/** A WebSocket. */
export class SocketLink implements PhoneLink {
  readonly #socket: WebSocket;
  readonly #raw: Duplex;
  /** Silent phones have none. */
  #outbox: Outbox | null = null;
  #measuring: { readonly payload: string; readonly sentAtMs: number } | null = null;
  #count = 0;

  /** @param raw what the socket sits on. */
  constructor(socket: WebSocket, raw: Duplex) {
    this.#socket = socket;
    this.#raw = raw;
  }

  send(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#outbox ??= new Outbox(this.#raw, () => this.#watchUnread());
    this.#outbox.add(text);
  }

  flush(): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#outbox?.flush();
  }

  close(code: number, reason: string): void {
    this.flush();
    this.#socket.close(code, reason);
  }

  /** A close frame would wait behind what is not read. */
  #watchUnread(): void {
    if (this.#socket.bufferedAmount > LIMITS.unreadBytes) this.#socket.terminate();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** By a ping of the WebSocket protocol, which every browser answers by itself (RFC 6455, section 5.5.3). */
  measure(told: (roundTripMs: number) => void): void {
    const sentAtMs = performance.now();
    const isWaiting = this.#measuring !== null && sentAtMs - this.#measuring.sentAtMs < MEASURE_PATIENCE_MS;
    if (isWaiting || this.#socket.readyState !== this.#socket.OPEN) return;
    const payload = `clock-${++this.#count}`;
    this.#measuring = { payload, sentAtMs };
    const onPong = (data: Buffer): void => {
      if (data.toString('latin1') !== payload) return;
      this.#socket.off('pong', onPong);
      this.#measuring = null;
      told(performance.now() - sentAtMs);
    };
    this.#socket.on('pong', onPong);
    this.#socket.ping(payload);
  }
}
