import { SIGNALING_LIMITS } from '../../common/wire/signaling';
import type { SignalObject } from './incoming';
import type { Hello, Member, PeerOrigin } from './member';
import { Outgoing } from './outgoing';
import { RateGate } from './rate-gate';

/** The way to a control room that joins without a socket of its own. */
export interface RoomLink {
  /** Hands it one message. */
  send(message: SignalObject): void;
  /** Bytes of what it was sent here that it has not taken yet. */
  bufferedBytes(): number;
}

/** A wall of many shares answers them all at once: so many times what a phone may send at once. */
const ROOM_BURST = 10;

/** A control room: an operator who watches, from the moment it joins. */
export class RoomMember implements Member {
  readonly peerId: string;
  readonly source = 'webrtc';
  readonly hearsAll = true;
  readonly origin: PeerOrigin;
  hello: Hello | null = { role: 'viewer', name: 'Control room', kind: null };
  gate: RateGate | null = new RateGate(ROOM_BURST);
  helloGate: RateGate | null = null;
  readonly #link: RoomLink;
  readonly #onTooSlow: () => void;
  /** What comes before `open`; null after it. */
  #held: SignalObject[] | null = [];
  #isGone = false;

  constructor(peerId: string, isAdmin: boolean, link: RoomLink, onTooSlow: () => void) {
    this.peerId = peerId;
    this.origin = { address: null, localAddress: null, deviceId: null, isOperator: true, isAdmin };
    this.#link = link;
    this.#onTooSlow = onTooSlow;
  }

  deliver(outgoing: Outgoing): void {
    if (this.#isGone) return;
    if (this.#link.bufferedBytes() > SIGNALING_LIMITS.unsentBytes) {
      this.#tooSlow();
      return;
    }
    if (this.#held) this.#held.push(outgoing.message);
    else this.#link.send(outgoing.message);
  }

  /** Lets out what was held back, and from now on everything at once. */
  open(): void {
    const held = this.#held ?? [];
    this.#held = null;
    if (!this.#isGone) for (const message of held) this.#link.send(message);
  }

  /** It is sent nothing more. */
  close(): void {
    this.#isGone = true;
  }

  #tooSlow(): void {
    const message = 'the control room did not take its messages; it may join again';
    this.#link.send(Outgoing.of({ type: 'error', code: 'too_slow', message }).message);
    this.#isGone = true;
    // Later: others are being told of something right now.
    setImmediate(this.#onTooSlow);
  }
}
