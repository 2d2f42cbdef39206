import type { JsonObject } from '../../../common/model/frame';
import { toFix } from './fix';
import { FixHistory, POOR_ACCURACY_M } from './fix-history';
import { StaticDrift } from './static-drift';
import { Stillness } from './stillness';

/** What is looked at of a frame. */
interface Judged {
  readonly deviceId: string;
  /** Device clock, ms; null when the phone gave no time. */
  readonly capturedAtMs: number | null;
  readonly receivedAtMs: number;
  readonly data: JsonObject;
}

interface DeviceMemory {
  /** When it was moved to the end of the order of hearing. */
  movedAtMs: number;
  /** Greatest time of any frame; null before the first that has one. */
  newestCapturedAtMs: number | null;
  readonly fixes: FixHistory;
  readonly drift: StaticDrift;
  readonly stillness: Stillness;
}

/** Devices remembered, some 3 kB each: as many as may be connected. The one not heard of for longest is forgotten. */
const KNOWN_DEVICES = 10_000;

/** The order of hearing is kept to this, ms: exact order would cost two changes of a map a frame. */
const ORDER_MS = 1000;

const NONE: readonly string[] = [];

/**
 * Finds what is doubtful in a frame, from the frames of the same device before it. Only flags: nothing is changed or
 * dropped. What each flag means: docs/wire-protocol.md, section 4. Nothing is remembered across a restart.
 */
export class FrameQuality {
  /** Least recently heard first. */
  readonly #devices = new Map<string, DeviceMemory>();

  /** The flags of a frame, to be asked once for each in the order in which they are stored. */
  flagsOf({ deviceId, capturedAtMs, receivedAtMs, data }: Judged): readonly string[] {
    const memory = this.#memoryOf(deviceId, receivedAtMs);
    // Frames of a device are compared by its own clock, be it wrong: what counts is the time between them.
    const atMs = capturedAtMs ?? receivedAtMs;
    memory.stillness.add(data, atMs);
    const newestMs = memory.newestCapturedAtMs;
    const isLate = capturedAtMs !== null && newestMs !== null && capturedAtMs < newestMs;
    if (!isLate) memory.newestCapturedAtMs = capturedAtMs ?? newestMs;
    const fix = toFix(data, atMs);
    if (!fix) return isLate ? ['out_of_order'] : NONE;

    const { isJump, isRepeated } = memory.fixes.judge(fix);
    const isDrift = memory.drift.isDrift(fix, memory.stillness.isStillAt(atMs));
    const flags: string[] = [];
    if (isLate) flags.push('out_of_order');
    if (isJump) flags.push('implied_jump');
    if (fix.accuracyM !== null && fix.accuracyM > POOR_ACCURACY_M) flags.push('poor_accuracy');
    if (isDrift && !isJump) flags.push('static_drift');
    if (isRepeated) flags.push('repeated_position');
    return flags.length === 0 ? NONE : flags;
  }

  /** The clock of its phone was set: what it said before is no later than what it says from here on. */
  clockWasSet(deviceId: string): void {
    const memory = this.#devices.get(deviceId);
    if (memory) memory.newestCapturedAtMs = null;
  }

  /** Frames that were judged were not stored and will come again: they are no neighbours of themselves. */
  forget(deviceId: string): void {
    this.#devices.delete(deviceId);
  }

  #memoryOf(deviceId: string, nowMs: number): DeviceMemory {
    const known = this.#devices.get(deviceId);
    if (known && nowMs - known.movedAtMs < ORDER_MS) return known;
    const memory = known ?? {
      movedAtMs: nowMs,
      newestCapturedAtMs: null,
      fixes: new FixHistory(),
      drift: new StaticDrift(),
      stillness: new Stillness(),
    };
    memory.movedAtMs = nowMs;
    if (known) this.#devices.delete(deviceId);
    this.#devices.set(deviceId, memory);
    if (this.#devices.size > KNOWN_DEVICES) {
      const oldest = this.#devices.keys().next();
      if (!oldest.done) this.#devices.delete(oldest.value);
    }
    return memory;
  }
}
