import { LIMITS } from '../../common/wire/limits';
import { LaterError, RateLimiter } from '../ingest';
import { isLoopbackAddress } from '../lan';
import type { AlertBoard } from './alerts';
import { crowdAlert } from './phone-alerts';

interface PaceParts {
  readonly clock: { now(): number };
  readonly alerts: Pick<AlertBoard, 'raise'>;
}

/** No more often than this, ms, is the operator told of one crowd. */
const TELL_MS = 60_000;

/**
 * How many new devices an address may bring: each stays in the list for good, and whoever has the join key could make them
 * without end. A team behind one router comes in at once. Loopback is free: drills run there.
 */
export class NewDevicePace {
  readonly #parts: PaceParts;
  readonly #limiter = new RateLimiter({
    perSecond: LIMITS.newDevicesPerMinute / 60,
    burst: LIMITS.newDevicesPerMinute,
  });
  #toldAtMs = -Infinity;

  constructor(parts: PaceParts) {
    this.#parts = parts;
  }

  /** Counts one. @throws LaterError rate_limited */
  take(address: string): void {
    if (isLoopbackAddress(address)) return;
    const nowMs = this.#parts.clock.now();
    const waitMs = this.#limiter.waitMs(address, 1, nowMs);
    if (waitMs === 0) {
      this.#limiter.take(address, 1, nowMs);
      return;
    }
    if (nowMs - this.#toldAtMs > TELL_MS) {
      this.#toldAtMs = nowMs;
      this.#parts.alerts.raise(crowdAlert(address));
    }
    throw new LaterError('rate_limited', 'too many new phones from this address; try again later', waitMs);
  }

  /** One of them left nothing behind. */
  giveBack(address: string | null): void {
    if (address !== null && !isLoopbackAddress(address)) this.#limiter.take(address, -1, this.#parts.clock.now());
  }
}
