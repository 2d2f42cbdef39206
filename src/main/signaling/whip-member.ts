import type { Hello, Member, PeerOrigin } from './member';
import type { Outgoing } from './outgoing';

/** What becomes of a WHIP sender, told once each. */
export interface WhipOutcome {
  /** The control room answered with this SDP. */
  answered(sdp: string): void;
  /** The control room left, or said `bye`. */
  ended(): void;
}

/** An HTTP sender (RFC 9725): takes one answer, from the one control room its offer was handed to. */
export class WhipMember implements Member {
  readonly peerId: string;
  readonly origin: PeerOrigin;
  readonly source = 'whip';
  readonly hearsAll = false;
  readonly gate = null;
  readonly helloGate = null;
  readonly hello: Hello;
  readonly #operatorId: string;
  readonly #outcome: WhipOutcome;

  constructor(peerId: string, origin: PeerOrigin, name: string, operatorId: string, outcome: WhipOutcome) {
    this.peerId = peerId;
    this.origin = origin;
    this.hello = { role: 'sharer', name, kind: 'screen' };
    this.#operatorId = operatorId;
    this.#outcome = outcome;
  }

  deliver({ message }: Outgoing): void {
    // Only the hub says who left; only the operator's own messages are from it.
    if (message.type === 'peer-left' && message.peerId === this.#operatorId) this.#outcome.ended();
    if (message.from !== this.#operatorId) return;
    if (message.type === 'bye') this.#outcome.ended();
    const sdp = message.type === 'answer' ? sdpOf(message.answer) : null;
    if (sdp !== null) this.#outcome.answered(sdp);
  }
}

/** An RTCSessionDescriptionInit, or the bare SDP. */
function sdpOf(answer: unknown): string | null {
  if (typeof answer === 'string') return isSdp(answer) ? answer : null;
  if (typeof answer !== 'object' || answer === null || !('sdp' in answer)) return null;
  return typeof answer.sdp === 'string' && isSdp(answer.sdp) ? answer.sdp : null;
}

/** Whether there is something to see in it. */
export const hasVideo = (sdp: string): boolean => /\nm=video /.test(sdp);

/** Whether a text may be a session description with media in it (RFC 8866, section 5). */
export const isSdp = (text: string): boolean => /^v=0\r?\n/.test(text) && /\nm=(audio|video) /.test(text);
