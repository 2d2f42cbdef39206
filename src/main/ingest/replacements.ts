import { CLOSE } from '../../common/wire/close-codes';
import type { Admission } from './ports';

/** Docs/wire-protocol.md, section 3: two phones with one id push each other out; the third time in this long, ms, ends it. */
const WINDOW_MS = 60_000;
const MAX_REPLACEMENTS = 3;
/**
 * So long silent, ms, a socket is not heard any more. A phone on bad radio waits 10 s for an ack, gives up and dials anew,
 * long before its old socket ends here: that is one phone, and it may be calling for help.
 */
const SILENT_MS = 5000;
/** Devices remembered. */
const MAX_DEVICES = 10_000;

/** A connection that another may take the place of. */
interface Endable {
  readonly address: string;
  readonly userAgent: string | null;
  /** When its last message came, by the hub's clock. */
  readonly heardAtMs: number;
  /** Takes no more messages, answers those it has, then closes. */
  end(code: number, reason: string): Promise<void>;
}

interface Fight {
  readonly atMs: readonly number[];
  readonly refusedUntilMs: number;
}

/** The one socket of each device that is known by key or id. */
export class Replacements {
  readonly #current = new Map<string, Endable>();
  readonly #fights = new Map<string, Fight>();
  readonly #clock: { now(): number };

  constructor(clock: { now(): number }) {
    this.#clock = clock;
  }

  /**
   * Takes the place of the socket this device had.
   * @returns 0, or for how long its device keeps the socket it has, ms; `isNews` the first time.
   */
  take(
    connection: Endable,
    { deviceId, isExclusive }: Admission,
  ): { readonly waitMs: number; readonly isNews: boolean } {
    const taken = { waitMs: 0, isNews: false };
    if (!isExclusive) return taken;
    const previous = this.#current.get(deviceId);
    if (previous) {
      const refusal = this.#count(deviceId, this.#isLeftBehind(previous, connection));
      if (refusal) return refusal;
    }
    this.#current.set(deviceId, connection);
    if (previous) void previous.end(CLOSE.replaced, 'Replaced by a newer connection of this device');
    return taken;
  }

  /** It is gone. */
  leave(connection: Endable, deviceId: string): void {
    if (this.#current.get(deviceId) === connection) this.#current.delete(deviceId);
  }

  /** Whether this is the same phone, which has given up a socket that is dead. */
  #isLeftBehind(previous: Endable, { address, userAgent }: Endable): boolean {
    const isSame = previous.address === address && previous.userAgent === userAgent;
    return isSame && this.#clock.now() - previous.heardAtMs >= SILENT_MS;
  }

  #count(deviceId: string, isLeftBehind: boolean): { readonly waitMs: number; readonly isNews: boolean } | null {
    const nowMs = this.#clock.now();
    const fight = this.#fights.get(deviceId) ?? { atMs: [], refusedUntilMs: 0 };
    if (nowMs < fight.refusedUntilMs) return { waitMs: fight.refusedUntilMs - nowMs, isNews: false };
    if (isLeftBehind) return null;
    const atMs = [...fight.atMs.filter((one) => nowMs - one < WINDOW_MS), nowMs];
    const isOver = atMs.length >= MAX_REPLACEMENTS;
    this.#fights.delete(deviceId);
    this.#fights.set(deviceId, isOver ? { atMs: [], refusedUntilMs: nowMs + WINDOW_MS } : { atMs, refusedUntilMs: 0 });
    if (this.#fights.size > MAX_DEVICES) this.#fights.delete(this.#fights.keys().next().value ?? '');
    return isOver ? { waitMs: WINDOW_MS, isNews: true } : null;
  }
}
