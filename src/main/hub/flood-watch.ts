import type { AlertBoard } from './alerts';
import { floodAlert, floodAlertId } from './phone-alerts';

interface FloodParts {
  readonly alerts: Pick<AlertBoard, 'raise' | 'clear'>;
  readonly clock: { now(): number };
  /** What a device is called. */
  readonly nameOf: (deviceId: string) => string;
}

interface Flood {
  sinceMs: number;
  times: number;
  lastMs: number;
  isTold: boolean;
}

/** Refusals within a minute before the operator is told: a queue sent after a hole in the radio earns a few, and no alarm. */
export const FLOOD_TOLD = 30;
/** Refusals are counted for so long, and it is over after as long without one, ms. */
export const FLOOD_MS = 60_000;

/** Tells the operator of a device that sends more than the hub takes, until it stops. Memory: devices of the last minute. */
export class FloodWatch {
  readonly #parts: FloodParts;
  readonly #floods = new Map<string, Flood>();

  constructor(parts: FloodParts) {
    this.#parts = parts;
  }

  /** Something of it was refused as `rate_limited`. */
  refused(deviceId: string): void {
    const { clock, alerts, nameOf } = this.#parts;
    const nowMs = clock.now();
    const flood = this.#floods.get(deviceId) ?? { sinceMs: nowMs, times: 0, lastMs: nowMs, isTold: false };
    this.#floods.set(deviceId, flood);
    if (nowMs - flood.sinceMs >= FLOOD_MS) Object.assign(flood, { sinceMs: nowMs, times: 0 });
    flood.times += 1;
    flood.lastMs = nowMs;
    if (flood.isTold || flood.times < FLOOD_TOLD) return;
    flood.isTold = true;
    alerts.raise(floodAlert(deviceId, nameOf(deviceId)));
  }

  /** Clears what is over. Called once a second. */
  age(): void {
    const nowMs = this.#parts.clock.now();
    for (const [deviceId, { lastMs, isTold }] of this.#floods) {
      if (nowMs - lastMs < FLOOD_MS) continue;
      this.#floods.delete(deviceId);
      if (isTold) this.#parts.alerts.clear(floodAlertId(deviceId));
    }
  }
}
