import type { TrackCheckpoint } from '../../store';

/** What is saved of a device: `upTo` as of {@link TrackCheckpoint}. */
export type Standing = Omit<TrackCheckpoint, 'deviceId' | 'allUpTo'>;

interface CheckpointsOptions {
  /** All that is given in one turn of the event loop is saved together or not at all. */
  save(checkpoint: TrackCheckpoint): Promise<void>;
  /** What the track of a device stands at; null: it is not to be saved. */
  standingOf(deviceId: string): Standing | null;
  /** Every frame up to it is in the tracks. */
  knownUpTo(): number;
  readonly onFailure: (error: unknown) => void;
}

/** One device is saved for so many frames: a thousand devices that send a thousand frames a second cost ten a second. */
const FRAMES_PER_SAVE = 100;

/** In one go: a commit stays small, however many frames there were. */
const MOST_AT_ONCE = 50;

/** Which tracks have changed since they were saved, and when they are saved again: those first that waited longest. */
export class Checkpoints {
  readonly #options: CheckpointsOptions;
  /** By device: the first frame that is not in what was saved of it. */
  readonly #changed = new Map<string, number>();
  #frames = 0;
  #saving: Promise<void> | null = null;

  constructor(options: CheckpointsOptions) {
    this.#options = options;
  }

  /** A frame is in the track of a device now. */
  changed(deviceId: string, frameId: number): void {
    this.#frames += 1;
    if (!this.#changed.has(deviceId)) this.#changed.set(deviceId, frameId);
  }

  forget(deviceId: string): void {
    this.#changed.delete(deviceId);
  }

  forgetAll(): void {
    this.#changed.clear();
    this.#frames = 0;
  }

  /** To be called once a second. */
  tick(): void {
    // What is under way may fail: nothing may be said to hold before that is known.
    if (this.#saving) return;
    const due = Math.min(MOST_AT_ONCE, Math.floor(this.#frames / FRAMES_PER_SAVE));
    if (due === 0 || this.#changed.size === 0) return;
    this.#frames = Math.min(this.#frames - due * FRAMES_PER_SAVE, this.#changed.size * FRAMES_PER_SAVE);
    const oldest = [...this.#changed].sort(([, a], [, b]) => a - b).slice(0, due);
    this.#saving = this.#save(oldest).finally(() => {
      this.#saving = null;
    });
  }

  /** Saves all that has changed. */
  async flush(): Promise<void> {
    await this.#saving;
    await this.#save([...this.#changed]);
  }

  async #save(devices: readonly (readonly [deviceId: string, changedFrom: number])[]): Promise<void> {
    const standings = devices.flatMap(([deviceId, changedFrom]) => {
      const standing = this.#options.standingOf(deviceId);
      return standing === null ? [] : [{ changedFrom, checkpoint: { deviceId, ...standing } }];
    });
    if (standings.length === 0) return;
    for (const { checkpoint } of standings) this.#changed.delete(checkpoint.deviceId);
    const allUpTo = this.#allUpTo();
    try {
      await Promise.all(standings.map(({ checkpoint }) => this.#options.save({ ...checkpoint, allUpTo })));
    } catch (error) {
      for (const { changedFrom, checkpoint } of standings) {
        // Else it was erased meanwhile, or is of the session before.
        if (this.#options.standingOf(checkpoint.deviceId) !== null) this.#changed.set(checkpoint.deviceId, changedFrom);
      }
      this.#options.onFailure(error);
    }
  }

  #allUpTo(): number {
    let allUpTo = this.#options.knownUpTo();
    for (const frameId of this.#changed.values()) allUpTo = Math.min(allUpTo, frameId - 1);
    return allUpTo;
  }
}
