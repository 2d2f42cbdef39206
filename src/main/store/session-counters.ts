import { BoundedMap } from './bounded-map';
import { parseKept } from './damage';
import { addDelay, type DelayBuckets, type Delays } from './delays';
import type { ContentKind } from './frame-content';
import type { WriteStatements } from './statements/write-statements';

/** Devices of a session kept in memory. */
const CACHED_DEVICES = 20_000;

/** More than there are: makes one number of a session and a device, which costs less than a text. */
const DEVICE_IDS = 2 ** 30;

/** A frame of the log and when its values were true. */
interface Pointer {
  readonly frameId: number;
  readonly atMs: number;
}

/** The newest frame by the live rule for each kind of reading, and the newest stored of all. Column `latest`, as JSON. */
export type LatestFrames = { readonly [kind in ContentKind | 'any']?: Pointer };

/** What is rewritten whole with each addition. */
interface Kept {
  readonly latest: { [kind in ContentKind | 'any']?: Pointer };
  readonly delays: Delays;
}

/** What came and was not stored: a duplicate, dropped by the phone, or refused with a code. */
interface Unstored {
  readonly session: number;
  readonly device: number;
  readonly outcome: string;
  frames: number;
}

/** What one transaction adds to one device of a session. */
interface Addition extends Kept {
  readonly session: number;
  readonly device: number;
  frames: number;
  bytes: number;
  firstAtMs: number;
  lastAtMs: number;
}

/** Keeps `session_devices` and `unstored` true: one statement for each device and transaction. */
export class SessionCounters {
  readonly #statements: WriteStatements;
  /** Changed in place, and forgotten when the transaction fails. */
  readonly #kept = new BoundedMap<number, Kept>(CACHED_DEVICES);
  readonly #additions = new Map<number, Addition>();
  readonly #unstored = new Map<string, Unstored>();

  constructor(statements: WriteStatements) {
    this.#statements = statements;
  }

  /** Counts a stored frame. @param frame.bytes of the frame and its media; delayMs null: not known. */
  add(
    owner: { readonly session: number; readonly device: number },
    frame: {
      readonly frameId: number;
      readonly receivedAtMs: number;
      readonly liveAtMs: number;
      readonly bytes: number;
      readonly delayMs: number | null;
    },
    kinds: readonly ContentKind[],
  ): void {
    const addition = this.#additionOf(owner.session, owner.device, frame.receivedAtMs);
    addition.frames += 1;
    addition.bytes += frame.bytes;
    addition.firstAtMs = Math.min(addition.firstAtMs, frame.receivedAtMs);
    addition.lastAtMs = Math.max(addition.lastAtMs, frame.receivedAtMs);
    addDelay(addition.delays, frame.delayMs);
    const pointer = { frameId: frame.frameId, atMs: frame.liveAtMs };
    addition.latest.any = pointer;
    for (const kind of kinds) {
      const newest = addition.latest[kind];
      if (newest === undefined || newest.atMs <= frame.liveAtMs) addition.latest[kind] = pointer;
    }
  }

  /** @param outcome duplicate, dropped, or the code of a refusal. */
  addUnstored(session: number, device: number, outcome: string, frames = 1): void {
    const key = `${session} ${device} ${outcome}`;
    const found = this.#unstored.get(key);
    if (found) found.frames += frames;
    else this.#unstored.set(key, { session, device, outcome, frames });
  }

  /** Before COMMIT. */
  flush(): void {
    for (const { session, device, frames, bytes, firstAtMs, lastAtMs, latest, delays } of this.#additions.values()) {
      const buckets = JSON.stringify(delays.buckets);
      const kept = JSON.stringify(latest);
      this.#statements.countFrames.run(
        session,
        device,
        frames,
        bytes,
        firstAtMs,
        lastAtMs,
        kept,
        buckets,
        delays.maxMs,
      );
    }
    this.#additions.clear();
    for (const { session, device, outcome, frames } of this.#unstored.values()) {
      this.#statements.countUnstored.run(session, device, outcome, frames);
    }
    this.#unstored.clear();
  }

  /** After a rollback the memory is ahead of the disk. */
  forget(): void {
    this.#additions.clear();
    this.#unstored.clear();
    this.#kept.clear();
  }

  #additionOf(session: number, device: number, receivedAtMs: number): Addition {
    const key = session * DEVICE_IDS + device;
    const found = this.#additions.get(key);
    if (found) return found;
    const kept = this.#kept.get(key) ?? this.#stored(session, device);
    this.#kept.set(key, kept);
    const addition: Addition = {
      session,
      device,
      frames: 0,
      bytes: 0,
      firstAtMs: receivedAtMs,
      lastAtMs: receivedAtMs,
      ...kept,
    };
    this.#additions.set(key, addition);
    return addition;
  }

  #stored(session: number, device: number): Kept {
    const row = this.#statements.keptOf.get(session, device);
    if (row === undefined) return { latest: {}, delays: { buckets: {}, maxMs: null } };
    return {
      latest: parseKept<LatestFrames>(row.latest, 'A counter'),
      delays: { buckets: parseKept<DelayBuckets>(row.delays, 'A counter'), maxMs: row.delayMaxMs },
    };
  }
}
