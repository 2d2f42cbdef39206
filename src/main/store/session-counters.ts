import { BoundedMap } from './bounded-map';
import type { ContentKind } from './frame-content';
import type { WriteStatements } from './statements/write-statements';

/** Devices of a session kept in memory. */
const CACHED_DEVICES = 20_000;

/** A frame of the log and when its values were true. */
interface Pointer {
  readonly frameId: number;
  readonly atMs: number;
}

/** The newest frame by the live rule for each kind of reading, and the newest stored of all. Column `latest`, as JSON. */
export type LatestFrames = { readonly [kind in ContentKind | 'any']?: Pointer };

/** What one transaction adds to one device of a session. */
interface Addition {
  readonly session: number;
  readonly device: number;
  frames: number;
  bytes: number;
  firstAtMs: number;
  lastAtMs: number;
  readonly latest: { [kind in ContentKind | 'any']?: Pointer };
}

/** Keeps `session_devices` true: one statement for each device and transaction. */
export class SessionCounters {
  readonly #statements: WriteStatements;
  readonly #latest = new BoundedMap<string, LatestFrames>(CACHED_DEVICES);
  readonly #additions = new Map<string, Addition>();

  constructor(statements: WriteStatements) {
    this.#statements = statements;
  }

  /** Counts a stored frame. @param bytes of the frame and its media. */
  add(
    owner: { readonly session: number; readonly device: number },
    frame: {
      readonly frameId: number;
      readonly receivedAtMs: number;
      readonly liveAtMs: number;
      readonly bytes: number;
    },
    kinds: readonly ContentKind[],
  ): void {
    const addition = this.#additionOf(owner.session, owner.device, frame.receivedAtMs);
    addition.frames += 1;
    addition.bytes += frame.bytes;
    addition.firstAtMs = Math.min(addition.firstAtMs, frame.receivedAtMs);
    addition.lastAtMs = Math.max(addition.lastAtMs, frame.receivedAtMs);
    const pointer = { frameId: frame.frameId, atMs: frame.liveAtMs };
    addition.latest.any = pointer;
    for (const kind of kinds) {
      const newest = addition.latest[kind];
      if (newest === undefined || newest.atMs <= frame.liveAtMs) addition.latest[kind] = pointer;
    }
  }

  /** Before COMMIT. */
  flush(): void {
    for (const [key, { session, device, frames, bytes, firstAtMs, lastAtMs, latest }] of this.#additions) {
      this.#statements.countFrames.run(session, device, frames, bytes, firstAtMs, lastAtMs, JSON.stringify(latest));
      this.#latest.set(key, latest);
    }
    this.#additions.clear();
  }

  /** After a rollback the memory is ahead of the disk. */
  forget(): void {
    this.#additions.clear();
    this.#latest.clear();
  }

  #additionOf(session: number, device: number, receivedAtMs: number): Addition {
    const key = `${session} ${device}`;
    const found = this.#additions.get(key);
    if (found) return found;
    const latest = this.#latest.get(key) ?? this.#storedLatest(session, device);
    const addition: Addition = {
      session,
      device,
      frames: 0,
      bytes: 0,
      firstAtMs: receivedAtMs,
      lastAtMs: receivedAtMs,
      latest: { ...latest },
    };
    this.#additions.set(key, addition);
    return addition;
  }

  #storedLatest(session: number, device: number): LatestFrames {
    const json = this.#statements.latestOf.get(session, device);
    return json === undefined ? {} : (JSON.parse(json) as LatestFrames);
  }
}
