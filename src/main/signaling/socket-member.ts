import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { CLOSE } from '../../common/wire/close-codes';
import { SIGNALING_LIMITS } from '../../common/wire/signaling';
import type { Hello, Member, PeerOrigin } from './member';
import type { Outgoing } from './outgoing';
import type { RateGate } from './rate-gate';

/** A client on a WebSocket. */
export class SocketMember implements Member {
  readonly peerId: string;
  origin: PeerOrigin;
  readonly socket: WebSocket;
  readonly source = 'webrtc';
  readonly hearsAll = true;
  hello: Hello | null = null;
  gate: RateGate | null = null;
  helloGate: RateGate | null = null;
  /** Its next message may hold a key: it is looked for once, and taken out. */
  mayHoldKey = false;
  /** Which key it showed; null: none. */
  keyId: string | null = null;
  readonly #raw: Duplex;
  /** The same function for all. */
  readonly #onTooSlow: (member: SocketMember) => void;

  constructor(
    peerId: string,
    origin: PeerOrigin,
    socket: WebSocket,
    raw: Duplex,
    onTooSlow: (member: SocketMember) => void,
  ) {
    this.peerId = peerId;
    this.origin = origin;
    this.socket = socket;
    this.#raw = raw;
    this.#onTooSlow = onTooSlow;
  }

  /**
   * Writes the frame itself: `socket.send` would make its header anew for each of a thousand. Without compression `ws`
   * keeps no queue of its own, so the order with its pings and close frames holds.
   */
  deliver(outgoing: Outgoing): void {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN || !this.#raw.writable) return;
    const { frame } = outgoing;
    if (this.#raw.writableLength + frame.length > SIGNALING_LIMITS.unsentBytes) {
      socket.close(CLOSE.tryAgainLater, 'Too slow');
      // Later: others are being told of something right now. Not when it is closed: one that reads nothing takes its time.
      setImmediate(this.#onTooSlow, this);
      return;
    }
    this.#raw.write(frame);
  }
}
