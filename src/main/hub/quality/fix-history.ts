import { distanceM } from './distance';
import { type Fix, isSameFix } from './fix';

/** Above it a fix is flagged `poor_accuracy`: it names a block of houses, not a place. GNSS under trees stays below. */
export const POOR_ACCURACY_M = 50;

/** Faster than what searches by land and water, 180 km/h. Who reports more, as a helicopter does, is believed. */
const MAX_SPEED_MPS = 50;

/** The speed that a phone reports lags while it accelerates. */
const REPORTED_SPEED_FACTOR = 1.5;

/** A frame carries the last fix, which is up to so much older than the frame: receivers measure once a second. */
const MIN_STEP_MS = 1_000;

/** A phone that repeats a fix has not looked since it first gave it; a stall longer than this is not taken for a drive. */
const MAX_STALL_MS = 30_000;

/** Three different fixes that agree with each other and not with what was before: then what was before was wrong. */
const ADOPT_AFTER = 3;

/** Receivers measure once a second: ten in a row missed is one that no longer looks. */
const REPEATED_AFTER_MS = 10_000;

/** Fixes remembered of a device: enough to know the neighbours of a backfill while live ones come in between. */
const KNOWN_FIXES = 16;

interface KnownFix {
  readonly fix: Fix;
  /** When it was first and last given. */
  readonly sinceMs: number;
  untilMs: number;
  /** Only `good` ones judge others. */
  readonly verdict: 'good' | 'jump' | 'poor';
  /** Jumps one after another that agree, this one included. */
  readonly agreeing: number;
}

/** What its neighbours in time say of a fix. */
interface Judgement {
  readonly isJump: boolean;
  readonly isRepeated: boolean;
}

/** The last fixes of one device in the order of its clock, in whatever order they came. */
export class FixHistory {
  /** By `sinceMs`. */
  readonly #fixes: KnownFix[] = [];
  /** The same, by arrival: the first to come is the first forgotten, so that a backfill does not forget itself. */
  readonly #arrivals: KnownFix[] = [];

  /** Judges a fix and remembers it. */
  judge(fix: Fix): Judgement {
    const place = this.#fixes.findLastIndex(({ sinceMs }) => sinceMs <= fix.atMs);
    const before = this.#fixes[place];
    if (before && isSameFix(before.fix, fix)) {
      before.untilMs = Math.max(before.untilMs, fix.atMs);
      return { isJump: before.verdict === 'jump', isRepeated: fix.atMs - before.sinceMs > REPEATED_AFTER_MS };
    }
    const isPoor = fix.accuracyM !== null && fix.accuracyM > POOR_ACCURACY_M;
    const agreeing = !isPoor && before?.verdict === 'jump' && isReachable(before, fix) ? before.agreeing + 1 : 1;
    const isJump = this.#isFarFromNeighbours(fix, place) && (agreeing < ADOPT_AFTER || this.#isFollowed(place));
    const verdict = isJump ? 'jump' : isPoor ? 'poor' : 'good';
    this.#remember({ fix, sinceMs: fix.atMs, untilMs: fix.atMs, verdict, agreeing }, place + 1);
    return { isJump, isRepeated: false };
  }

  /** Between two neighbours both must object: one of them alone may be the wrong one. */
  #isFarFromNeighbours(fix: Fix, place: number): boolean {
    const before = this.#fixes.findLast(({ verdict }, index) => index <= place && verdict === 'good');
    const after = this.#fixes.find(({ verdict }, index) => index > place && verdict === 'good');
    const neighbours = [before, after].filter((one) => one !== undefined);
    return neighbours.length > 0 && neighbours.every((one) => !isReachable(one, fix));
  }

  #isFollowed(place: number): boolean {
    return place < this.#fixes.length - 1;
  }

  #remember(known: KnownFix, place: number): void {
    this.#fixes.splice(place, 0, known);
    this.#arrivals.push(known);
    if (this.#arrivals.length <= KNOWN_FIXES) return;
    const oldest = this.#arrivals.shift();
    if (oldest) this.#fixes.splice(this.#fixes.indexOf(oldest), 1);
  }
}

/** Whether one can have come from one to the other in the time between, each being anywhere in its circle. */
function isReachable({ fix: known, sinceMs, untilMs }: KnownFix, fix: Fix): boolean {
  const elapsedMs = fix.atMs >= sinceMs ? fix.atMs - Math.max(sinceMs, untilMs - MAX_STALL_MS) : sinceMs - fix.atMs;
  const seconds = Math.max(elapsedMs, MIN_STEP_MS) / 1000;
  const reported = Math.max(known.speedMps ?? 0, fix.speedMps ?? 0);
  const speed = Math.max(MAX_SPEED_MPS, REPORTED_SPEED_FACTOR * reported);
  return distanceM(known, fix) <= radius(known) + radius(fix) + speed * seconds;
}

/** A fix without an accuracy may be as far off as one that still counts as good. */
const radius = ({ accuracyM }: Fix): number => accuracyM ?? POOR_ACCURACY_M;
