import { randomBytes } from 'node:crypto';
import { isControlRoom, type Member, type PeerOrigin } from './member';
import { Outgoing } from './outgoing';
import type { Relay } from './relay';
import { newPeerId } from './socket-clients';
import { WhipMember } from './whip-member';

/** How long a control room may take to answer, ms. OBS gives up after 8 s; ours gathers for 2 s at most. */
const ANSWER_MS = 7000;

/** Senders at once, in all. One laptop can't show more. */
const MAX_SESSIONS = 32;

/** Who sends by WHIP. */
export interface WhipSender {
  readonly address: string;
  readonly localAddress: string;
  /** Null: an admin key, or none in open access. */
  readonly deviceId: string | null;
  /** Which key it showed; null: none, in open access. */
  readonly keyId: string | null;
  readonly name: string;
}

interface Session {
  readonly deviceId: string | null;
  readonly keyId: string | null;
  end(): void;
}

/** Why there is no answer; `retryAfterS`: when to try again, s. */
export interface WhipRefusal {
  readonly sentence: string;
  readonly retryAfterS: number;
}

/** One sender's way in, before and after its answer. */
export interface WhipAnswer {
  readonly sessionId: string;
  readonly sdp: string;
}

/** Hands offers of HTTP senders to a control room, and keeps them as peers until one of both leaves. */
export class Whip {
  readonly #relay: Relay;
  readonly #answerMs: number;
  readonly #sessions = new Map<string, Session>();

  constructor(relay: Relay, answerMs = ANSWER_MS) {
    this.#relay = relay;
    this.#answerMs = answerMs;
  }

  /** @param onGone calls its listener when the sender hangs up before it has its answer */
  offer(sender: WhipSender, sdp: string, onGone: (listener: () => void) => void): Promise<WhipAnswer | WhipRefusal> {
    const operator = this.#operator();
    if (!operator) return Promise.resolve({ sentence: 'No control room is open to show this.', retryAfterS: 5 });
    // A sender that comes again has lost the one before.
    if (sender.deviceId !== null) this.endWhere(({ deviceId }) => deviceId === sender.deviceId);
    if (this.#sessions.size >= MAX_SESSIONS) {
      return Promise.resolve({ sentence: 'Too many are sending already.', retryAfterS: 30 });
    }
    return new Promise((resolve) => {
      const sessionId = randomBytes(16).toString('hex');
      const { address, localAddress, deviceId } = sender;
      const origin: PeerOrigin = { address, localAddress, deviceId, isOperator: false, isAdmin: false };
      const end = (): void => {
        clearTimeout(timer);
        this.#sessions.delete(sessionId);
        this.#relay.leave(member);
        resolve({ sentence: 'No control room answered in time.', retryAfterS: 2 });
      };
      const member = new WhipMember(newPeerId(), origin, sender.name, operator.peerId, {
        answered: (answer) => {
          clearTimeout(timer);
          resolve({ sessionId, sdp: answer });
        },
        ended: end,
      });
      const timer = setTimeout(end, this.#answerMs);
      onGone(end);
      this.#sessions.set(sessionId, { deviceId: sender.deviceId, keyId: sender.keyId, end });
      this.#relay.enter(member);
      const offer = { type: 'offer', sdp };
      operator.deliver(Outgoing.of({ type: 'offer', from: member.peerId, offer, source: 'whip', name: sender.name }));
    });
  }

  /** Ends a session. @returns whether there was one, and this caller may. `deviceId`: null for the operator, who may end any. */
  end(sessionId: string, deviceId: string | null): 'ended' | 'unknown' | 'foreign' {
    const session = this.#sessions.get(sessionId);
    if (!session) return 'unknown';
    if (deviceId !== null && session.deviceId !== deviceId) return 'foreign';
    session.end();
    return 'ended';
  }

  endWhere(fits: (session: Pick<Session, 'deviceId' | 'keyId'>) => boolean): void {
    for (const session of [...this.#sessions.values()].filter(fits)) session.end();
  }

  stop(): void {
    this.endWhere(() => true);
  }

  /**
   * The operator's own first, so that who only looks takes nothing away from them; of these the control rooms: others with
   * an operator's key may know nothing of WHIP.
   */
  #operator(): Member | null {
    const watching = [...this.#relay.members()].filter(
      ({ origin, hello }) => origin.isOperator && hello?.role === 'viewer',
    );
    const rooms = watching.filter(isControlRoom);
    const isAdmin = ({ origin }: Member): boolean => origin.isAdmin;
    return rooms.find(isAdmin) ?? watching.find(isAdmin) ?? rooms[0] ?? watching[0] ?? null;
  }
}
