import type { JsonObject } from '../../common/model/frame';
import type { LiveDevice } from '../../common/model/live-device';
import type { Reading } from '../../common/model/readings';
import { badPathsOf, type FrameReadings, READINGS } from './readings';

/** The live values of one device. */
type LiveReadings = Pick<LiveDevice, keyof FrameReadings>;

/** A frame and which readings it has. */
export interface SayingFrame {
  readonly data: JsonObject;
  readonly flags: readonly string[];
  /** See {@link saysOf}. */
  readonly says: number;
}

/** Where the newest value of a kind is, until somebody looks. */
interface Slot {
  frame: SayingFrame;
  atMs: number;
  /** What was read out of it; null until somebody looked. */
  reading: Reading<unknown> | null;
}

const KINDS = Object.keys(READINGS) as (keyof FrameReadings)[];

/** The kinds of reading a frame has, a bit each. */
export function saysOf(data: JsonObject, flags: readonly string[]): number {
  const bad = badPathsOf(flags);
  let says = 0;
  for (let index = 0; index < KINDS.length; index += 1) {
    const kind = KINDS[index];
    if (kind === undefined) continue;
    const { member } = READINGS[kind];
    const value = data[member];
    if (value !== undefined && value !== null && READINGS[kind].says(value, bad)) says |= 1 << index;
  }
  return says;
}

/**
 * The newest reading of each kind. A busy hub takes in a hundred frames for each time somebody looks: a frame is only
 * looked at for what it says, and read when it is asked for.
 */
export class NewestReadings {
  readonly #slots: Partial<Record<keyof FrameReadings, Slot>> = {};

  /** @param atMs when the frame was true, by the live rule: only what is not older than before is taken. */
  take(frame: SayingFrame, atMs: number): void {
    KINDS.forEach((kind, index) => {
      const slot = this.#slots[kind];
      if ((frame.says & (1 << index)) === 0 || (slot && slot.atMs > atMs)) return;
      if (slot) {
        slot.frame = frame;
        slot.atMs = atMs;
        slot.reading = null;
      } else this.#slots[kind] = { frame, atMs, reading: null };
    });
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
    slot.reading ??= { value: readingOf(slot.frame, kind), atMs: slot.atMs };
    return slot.reading as Reading<NonNullable<FrameReadings[K]>>;
  }
}

function readingOf({ data, flags }: SayingFrame, kind: keyof FrameReadings): unknown {
  const value = data[READINGS[kind].member];
  return value === undefined ? null : READINGS[kind].read(value, badPathsOf(flags));
}
