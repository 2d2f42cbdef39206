import type { PhoneConfig } from '../../../common/wire/ingest';
import type { Recorder } from './recorder';
import { type Saving, type Strain, Thrift, toIntervalMs } from './saving';

/** Between two frames at the least, until the hub says more. */
export const INTERVAL_MS = 1_000;
const LOOK_MS = 5_000;

/** What the screen shows of it. */
export interface Profile {
  readonly config: PhoneConfig | null;
  readonly saving: Saving;
  readonly rateHz: number;
}

/** Holds the recorder to what the operator wants, and to less while link or battery are weak. */
export class ProfileKeeper {
  readonly #recorder: Recorder;
  readonly #strain: () => Strain;
  readonly #changed: (profile: Profile) => void;
  readonly #thrift = new Thrift();
  #config: PhoneConfig | null = null;

  constructor(recorder: Recorder, strain: () => Strain, changed: (profile: Profile) => void) {
    this.#recorder = recorder;
    this.#strain = strain;
    this.#changed = changed;
    setInterval(() => this.#apply(), LOOK_MS);
  }

  /** The hub is trusted, but a newer one may say more than this page knows. */
  obey(config: PhoneConfig): void {
    this.#config = config;
    this.#recorder.sensors = config.sensors;
    this.#apply();
  }

  #apply(): void {
    const wantedMs = this.#config?.intervalMs ?? INTERVAL_MS;
    const saving = this.#thrift.look(this.#strain());
    const intervalMs = toIntervalMs(wantedMs, saving);
    this.#recorder.intervalMs = intervalMs;
    this.#changed({ config: this.#config, saving, rateHz: 1000 / intervalMs });
  }
}
