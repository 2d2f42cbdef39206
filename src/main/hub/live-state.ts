import type { StoredFrame } from '../../common/model/frame';
import type { LiveDevice } from '../../common/model/live-device';
import { isSkewed, liveTimeOf } from '../../common/model/live-time';
import { FrameRate } from './frame-rate';
import { NewestReadings } from './live-readings';

/** What a connection changes of a device. */
export interface Presence {
  readonly name: string;
  readonly colour: number;
  readonly platform: string | null;
  readonly address: string | null;
}

interface Entry {
  /** What does not change with each frame. */
  live: LiveDevice;
  readonly rate: FrameRate;
  readonly readings: NewestReadings;
  /** See LiveDevice: these change with each frame. */
  frames: number;
  lastReceivedAtMs: number | null;
  delayMs: number | null;
  batteryPct: number | null;
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
    if (entry.frames === 0) this.#remove(deviceId);
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
    merge(entry, frame);
    entry.frames += 1;
    this.#onChanged(frame.deviceId, 1);
  }

  /** Rebuilds a device after a restart: `newest` are frames of the current session, oldest first, of `frames` in all. */
  restore(newest: readonly StoredFrame[], frames: number, presence: Presence): void {
    const deviceId = newest[0]?.deviceId;
    if (deviceId === undefined) return;
    const entry = this.#entry(deviceId, presence);
    for (const frame of newest) merge(entry, frame);
    entry.frames = frames;
  }

  /** A new session begins: counts start at 0, who is offline leaves the list. Where people are stays known. */
  beginSession(): void {
    for (const [deviceId, entry] of this.#entries) {
      if (!entry.live.isOnline) this.#remove(deviceId);
      else {
        entry.frames = 0;
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
    const { frames, lastReceivedAtMs, delayMs, batteryPct } = entry;
    const rateHz = entry.rate.rateHz(this.#clock.now());
    entry.live = { ...entry.live, ...entry.readings.all(), frames, lastReceivedAtMs, delayMs, batteryPct, rateHz };
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
    const entry: Entry = {
      live: emptyDevice(deviceId, presence),
      rate: new FrameRate(),
      readings: new NewestReadings(),
      frames: 0,
      lastReceivedAtMs: null,
      delayMs: null,
      batteryPct: null,
      newestMs: 0,
    };
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
    charging: null,
    visibility: null,
    queued: null,
    captured: null,
    clock: null,
    sos: null,
  };
}

/** Takes in a frame: each value only when the frame is newer than what it was read from. */
function merge(entry: Entry, frame: StoredFrame): void {
  const atMs = liveTimeOf(frame);
  entry.lastReceivedAtMs = frame.receivedAtMs;
  entry.readings.take(frame, atMs);
  if (atMs < entry.newestMs) return;
  entry.newestMs = atMs;
  entry.delayMs = delayOf(frame);
  entry.batteryPct = frame.batteryPct ?? entry.batteryPct;
}

function delayOf(frame: StoredFrame): number | null {
  const { capturedAtMs, receivedAtMs } = frame;
  if (capturedAtMs === null || isSkewed(capturedAtMs, receivedAtMs)) return null;
  // A phone whose clock runs ahead seems to send before it measured: nothing true can be said.
  return capturedAtMs <= receivedAtMs ? receivedAtMs - capturedAtMs : null;
}
