import { type Candidate, SHARING } from '../../../../../common/wire/sharing';

/** Those of one peer: 64 real ones have under 20,000 characters. */
const PEER_CHARACTERS = 32 * 1024;
/** Those of all: hostile peers can make this page hold no more. */
const ALL_CHARACTERS = 1024 * 1024;

interface Early {
  readonly candidate: Candidate;
  readonly connection: string | null;
}

interface Held {
  readonly list: Early[];
  characters: number;
}

/** Candidates of offers that wait, or have yet to come. */
export class EarlyCandidates {
  readonly #held = new Map<string, Held>();
  #characters = 0;

  put(peerId: string, candidate: Candidate, connection: string | null): void {
    const held = this.#held.get(peerId) ?? { list: [], characters: 0 };
    const characters = lengthOf(candidate) + (connection?.length ?? 0);
    if (held.list.length >= SHARING.candidates || held.characters + characters > PEER_CHARACTERS) return;
    held.list.push({ candidate, connection });
    held.characters += characters;
    this.#characters += characters;
    this.#held.set(peerId, held);
    // Whoever has waited longest has the least to hope for.
    for (const oldest of this.#held.keys()) {
      if (this.#characters <= ALL_CHARACTERS) return;
      this.forget(oldest);
    }
  }

  /** What came of this peer, in its order; from now on none is held. */
  take(peerId: string): readonly Early[] {
    const { list = [] } = this.#held.get(peerId) ?? {};
    this.forget(peerId);
    return list;
  }

  forget(peerId: string): void {
    this.#characters -= this.#held.get(peerId)?.characters ?? 0;
    this.#held.delete(peerId);
  }

  clear(): void {
    this.#held.clear();
    this.#characters = 0;
  }
}

const lengthOf = ({ candidate, sdpMid, usernameFragment }: Candidate): number =>
  candidate.length + (sdpMid?.length ?? 0) + (usernameFragment?.length ?? 0);
