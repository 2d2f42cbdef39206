import type { JsonValue, StoredFrame } from '../../common/model/frame';
import type { LiveDevice } from '../../common/model/live-device';
import type { Reading } from '../../common/model/readings';
import { type BadPaths, badPathsOf, type FrameReadings, READINGS } from './readings';

/** The live values of one device. */
type LiveReadings = Pick<LiveDevice, keyof FrameReadings>;

/** Where the newest value of a kind is, until somebody looks. */
interface Slot {
  value: JsonValue;
  bad: BadPaths;
  atMs: number;
  /** What was read out of it; null until somebody looked. */
  reading: Reading<unknown> | null;
}

const KINDS = Object.keys(READINGS) as (keyof FrameReadings)[];

/**
 * The newest reading of each kind. A busy hub takes in a hundred frames for each time somebody looks: a frame is only
 * looked at for what it says, and read when it is asked for.
 */
export class NewestReadings {
  readonly #slots: Partial<Record<keyof FrameReadings, Slot>> = {};

  /** @param atMs when the frame was true, by the live rule: only what is not older than before is taken. */
  take({ data, flags }: Pick<StoredFrame, 'data' | 'flags'>, atMs: number): void {
    const bad = badPathsOf(flags);
    for (const kind of KINDS) {
      const { member } = READINGS[kind];
      const value = data[member];
      if (value === undefined || value === null) continue;
      const slot = this.#slots[kind];
      if ((slot && slot.atMs > atMs) || !READINGS[kind].says(value, bad)) continue;
      if (slot) {
        slot.value = value;
        slot.bad = bad;
        slot.atMs = atMs;
        slot.reading = null;
      } else this.#slots[kind] = { value, bad, atMs, reading: null };
    }
  }

  all(): LiveReadings {
    return {
      position: this.#get('position'),
      orientation: this.#get('orientation'),
      motion: this.#get('motion'),
      weather: this.#get('weather'),
      objects: this.#get('objects'),
      photo: this.#get('photo'),
    };
  }

  #get<K extends keyof FrameReadings>(kind: K): Reading<NonNullable<FrameReadings[K]>> | null {
    const slot = this.#slots[kind];
    if (!slot) return null;
    slot.reading ??= { value: READINGS[kind].read(slot.value, slot.bad), atMs: slot.atMs };
    return slot.reading as Reading<NonNullable<FrameReadings[K]>>;
  }
}
