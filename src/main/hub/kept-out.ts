import { keptJson } from './kept-json';

interface KeptOutParts {
  readonly store: { saveSetting(name: string, value: string): Promise<void> };
  readonly clock: { now(): number };
  readonly onBug: (error: unknown) => void;
}

/** How long a phone that the operator removed stays out, ms (docs/wire-protocol.md, section 3). */
const KEPT_OUT_MS = 10 * 60_000;

const SETTING = 'keptOut';

/** Devices that the operator removed, for a while, over restarts. */
export class KeptOut {
  readonly #parts: KeptOutParts;
  /** Until when, by device. */
  readonly #untilMs: Map<string, number>;

  constructor(settings: Readonly<Record<string, string>>, parts: KeptOutParts) {
    this.#parts = parts;
    this.#untilMs = new Map(Object.entries(keptJson<Record<string, number>>(settings[SETTING], {})));
  }

  keep(deviceId: string): void {
    const { store, clock, onBug } = this.#parts;
    const nowMs = clock.now();
    for (const [known, untilMs] of this.#untilMs) if (untilMs <= nowMs) this.#untilMs.delete(known);
    this.#untilMs.set(deviceId, nowMs + KEPT_OUT_MS);
    store.saveSetting(SETTING, JSON.stringify(Object.fromEntries(this.#untilMs))).catch(onBug);
  }

  has(deviceId: string): boolean {
    const untilMs = this.#untilMs.get(deviceId);
    if (untilMs === undefined) return false;
    if (this.#parts.clock.now() < untilMs) return true;
    this.#untilMs.delete(deviceId);
    return false;
  }
}
