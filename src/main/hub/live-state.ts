import type { StoredFrame } from '../../common/model/frame';
import type { LiveDevice } from '../../common/model/live-device';
import { isSkewed, liveTimeOf } from '../../common/model/live-time';
import type { Reading } from '../../common/model/readings';
import { FrameRate } from './frame-rate';
import { type FrameReadings, readingsOf } from './readings';

/** What a connection changes of a device. */
export interface Presence {
  readonly name: string;
  readonly colour: number;
  readonly platform: string | null;
  readonly address: string | null;
}

interface Entry {
  live: LiveDevice;
  readonly rate: FrameRate;
  /** Greatest live time of any frame: only what comes after it tells the delay. */
  newestMs: number;
}

/** The newest of everything, for each device that is online or has a frame in the current session. */
export class LiveState {
  readonly #entries = new Map<string, Entry>();
  readonly #clock: { now(): number };
  readonly #onChanged: (deviceId: string, frames: number) => void;
  readonly #onRemoved: (deviceId: string) => void;

  constructor(options: {
    readonly clock: { now(): number };
    onChanged(deviceId: string, frames: number): void;
    onRemoved(deviceId: string): void;
  }) {
    this.#clock = options.clock;
    this.#onChanged = (deviceId, frames) => options.onChanged(deviceId, frames);
    this.#onRemoved = (deviceId) => options.onRemoved(deviceId);
  }

  /** A socket of the device opened. */
  online(deviceId: string, presence: Presence): void {
    const connectedAtMs = this.#clock.now();
    this.#change(deviceId, presence, { ...presence, isOnline: true, connectedAtMs });
  }

  /** Its last socket closed. One that stored no frame leaves the list. */
  offline(deviceId: string): void {
    const entry = this.#entries.get(deviceId);
    if (!entry) return;
    entry.live = { ...entry.live, isOnline: false, connectedAtMs: null };
    if (entry.live.frames === 0) this.#remove(deviceId);
    else this.#onChanged(deviceId, 0);
  }

  rename(deviceId: string, name: string): void {
    const entry = this.#entries.get(deviceId);
    if (!entry) return;
    entry.live = { ...entry.live, name };
    this.#onChanged(deviceId, 0);
  }

  refused(deviceId: string): void {
    const entry = this.#entries.get(deviceId);
    if (!entry) return;
    entry.live = { ...entry.live, refused: entry.live.refused + 1 };
    this.#onChanged(deviceId, 0);
  }

  /** Takes in a stored frame of the current session. */
  apply(frame: StoredFrame, presence: Presence): void {
    const entry = this.#entry(frame.deviceId, presence);
    entry.rate.count(frame.receivedAtMs);
    entry.live = { ...merge(entry, frame), frames: entry.live.frames + 1 };
    this.#onChanged(frame.deviceId, 1);
  }

  /** Rebuilds a device after a restart: `newest` are frames of the current session, oldest first, of `frames` in all. */
  restore(newest: readonly StoredFrame[], frames: number, presence: Presence): void {
    const deviceId = newest[0]?.deviceId;
    if (deviceId === undefined) return;
    const entry = this.#entry(deviceId, presence);
    for (const frame of newest) entry.live = merge(entry, frame);
    entry.live = { ...entry.live, frames };
  }

  /** A new session begins: counts start at 0, who is offline leaves the list. Where people are stays known. */
  beginSession(): void {
    for (const [deviceId, entry] of this.#entries) {
      if (!entry.live.isOnline) this.#remove(deviceId);
      else {
        entry.live = { ...entry.live, frames: 0 };
        this.#onChanged(deviceId, 0);
      }
    }
  }

  /** Tells of rates that fell because nothing came. Called once a second. */
  age(): void {
    for (const [deviceId, entry] of this.#entries) {
      if (entry.live.rateHz !== entry.rate.rateHz(this.#clock.now())) this.#onChanged(deviceId, 0);
    }
  }

  get(deviceId: string): LiveDevice | null {
    const entry = this.#entries.get(deviceId);
    return entry ? this.#snapshot(entry) : null;
  }

  /** By name. */
  list(): readonly LiveDevice[] {
    return [...this.#entries.values()]
      .map((entry) => this.#snapshot(entry))
      .sort((a, b) => a.name.localeCompare(b.name) || (a.deviceId < b.deviceId ? -1 : 1));
  }

  #snapshot(entry: Entry): LiveDevice {
    entry.live = { ...entry.live, rateHz: entry.rate.rateHz(this.#clock.now()) };
    return entry.live;
  }

  #change(deviceId: string, presence: Presence, change: Partial<LiveDevice>): void {
    const entry = this.#entry(deviceId, presence);
    entry.live = { ...entry.live, ...change };
    this.#onChanged(deviceId, 0);
  }

  #remove(deviceId: string): void {
    this.#entries.delete(deviceId);
    this.#onRemoved(deviceId);
  }

  #entry(deviceId: string, presence: Presence): Entry {
    const known = this.#entries.get(deviceId);
    if (known) return known;
    const entry: Entry = { live: emptyDevice(deviceId, presence), rate: new FrameRate(), newestMs: 0 };
    this.#entries.set(deviceId, entry);
    return entry;
  }
}

function emptyDevice(deviceId: string, presence: Presence): LiveDevice {
  return {
    deviceId,
    ...presence,
    isOnline: false,
    connectedAtMs: null,
    lastReceivedAtMs: null,
    frames: 0,
    refused: 0,
    rateHz: 0,
    delayMs: null,
    position: null,
    orientation: null,
    motion: null,
    weather: null,
    objects: null,
    photo: null,
    batteryPct: null,
  };
}

/** The device with a frame taken in: each value only when the frame is newer than what it was read from. */
function merge(entry: Entry, frame: StoredFrame): LiveDevice {
  const atMs = liveTimeOf(frame);
  const { live } = entry;
  const isNewest = atMs >= entry.newestMs;
  entry.newestMs = Math.max(entry.newestMs, atMs);
  const readings = readingsOf(frame.data, frame.flags);
  const newer = <K extends keyof FrameReadings & keyof LiveDevice>(
    name: K,
  ): Reading<NonNullable<FrameReadings[K]>> | null => {
    const before = live[name] as Reading<NonNullable<FrameReadings[K]>> | null;
    const value = readings[name];
    if (value === null || (before && before.atMs > atMs)) return before;
    return { value, atMs };
  };
  return {
    ...live,
    lastReceivedAtMs: frame.receivedAtMs,
    delayMs: isNewest ? delayOf(frame) : live.delayMs,
    position: newer('position'),
    orientation: newer('orientation'),
    motion: newer('motion'),
    weather: newer('weather'),
    objects: newer('objects'),
    photo: newer('photo'),
    batteryPct: isNewest ? (frame.batteryPct ?? live.batteryPct) : live.batteryPct,
  };
}

function delayOf(frame: StoredFrame): number | null {
  const { capturedAtMs, receivedAtMs } = frame;
  if (capturedAtMs === null || isSkewed(capturedAtMs, receivedAtMs)) return null;
  // A phone whose clock runs ahead seems to send before it measured: nothing true can be said.
  return capturedAtMs <= receivedAtMs ? receivedAtMs - capturedAtMs : null;
}
