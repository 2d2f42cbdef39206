import { SIGNALING_LIMITS } from '../../common/wire/signaling';
import type { Incoming } from './incoming';
import { Outgoing } from './outgoing';

interface Kept {
  /** As they go out. Copies of their own: what came over a socket lies in a larger buffer that would stay with it. */
  readonly frames: Buffer[];
  bytes: number;
}

/** What one costs beside its bytes, about. */
const OVERHEAD_BYTES = 256;

function copyOf(frame: Buffer): Buffer {
  // Not from the pool, whose 8 KiB would stay too.
  const copy = Buffer.allocUnsafeSlow(frame.length);
  frame.copy(copy);
  return copy;
}

/**
 * The last broadcast offer of each client and the candidates after it, for viewers that come later. Bounded in all: the
 * oldest offer goes first.
 */
export class KeptOffers {
  /** By peer, in the order of their offers. */
  readonly #kept = new Map<string, Kept>();
  /** Peers whose kept offer nobody has answered. */
  readonly #open = new Set<string>();
  #bytes = 0;

  /** Looks at everything that goes to all. */
  broadcast(peerId: string, { type, bytes }: Incoming, outgoing: Outgoing): void {
    if (type === 'offer') {
      this.forget(peerId);
      this.#kept.set(peerId, { frames: [], bytes: 0 });
      this.#open.add(peerId);
    } else if (type !== 'ice-candidate' || bytes.length > SIGNALING_LIMITS.candidateBytes) return;
    const kept = this.#kept.get(peerId);
    if (!kept || kept.frames.length > SIGNALING_LIMITS.candidates) return;
    const frame = copyOf(outgoing.frame);
    kept.frames.push(frame);
    kept.bytes += frame.length + OVERHEAD_BYTES;
    this.#bytes += frame.length + OVERHEAD_BYTES;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= SIGNALING_LIMITS.keptBytes) break;
      this.forget(oldest);
    }
  }

  forget(peerId: string): void {
    this.#bytes -= this.#kept.get(peerId)?.bytes ?? 0;
    this.#kept.delete(peerId);
    this.#open.delete(peerId);
  }

  /**
   * An answer went to one peer, or (null) to all: a page that knows of no ids takes the next answer it hears as its own,
   * whosever it was.
   * @returns whose kept offers are answered by it that were not before
   */
  answered(by: string, to: string | null): readonly string[] {
    const reached = [...this.#open].filter((peerId) => peerId !== by && (to === null || peerId === to));
    for (const peerId of reached) this.#open.delete(peerId);
    return reached;
  }

  /** Whose kept offers have been answered. */
  get answeredPeers(): readonly string[] {
    return [...this.#kept.keys()].filter((peerId) => !this.#open.has(peerId));
  }

  /** Offers and candidates of all but this peer, those of one client in their order. */
  except(peerId: string): readonly Outgoing[] {
    return [...this.#kept].flatMap(([from, { frames }]) =>
      from === peerId ? [] : frames.map((frame) => Outgoing.again(frame)),
    );
  }
}
