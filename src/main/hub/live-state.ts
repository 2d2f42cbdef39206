import type { StoredFrame } from '../../common/model/frame';
import type { LiveDevice, PhoneClock, SosCall } from '../../common/model/live-device';
import { isSkewed } from '../../common/model/live-time';
import { Merges } from '../../common/model/merges';
import type { Track } from '../../common/model/track';
import type { PhoneStatus } from '../../common/wire/ingest';
import { FrameRate } from './frame-rate';
import { type LivePart, mergeLive } from './live-merge';
import { NewestReadings, type SayingFrame, saysOf } from './live-readings';
import type { LoggedFrame } from './logged-frame';
import { toPercent } from './percent';

/** What a connection changes of a device. */
export interface Presence {
  readonly name: string;
  readonly colour: number;
  readonly platform: string | null;
  readonly address: string | null;
  readonly note: string;
  readonly isRevoked: boolean;
}

/** Which devices are one person, and what is shown of a device that is none of those here. */
interface LivePeople {
  readonly merges: Merges;
  presenceOf(deviceId: string): Presence | null;
}

/** The way of each device in the current session. */
interface LiveTracks {
  /** null before the first position, and while it is not known. */
  of(deviceId: string): Track | null;
  /** False while what was stored before a restart is still to be read. */
  isKnown(deviceId: string): boolean;
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

/**
 * The newest of everything, for each device that is online or has a frame in the current session. Kept by device, told by
 * person: what was merged is put together when somebody looks, so that taking it apart loses nothing.
 */
export class LiveState {
  readonly #entries = new Map<string, Entry>();
  readonly #clock: { now(): number };
  readonly #people: LivePeople;
  readonly #tracks: LiveTracks;
  /** Told of persons, whatever device of theirs it is. */
  readonly #onChanged: (deviceId: string, frames: number) => void;
  readonly #onRemoved: (deviceId: string) => void;

  constructor(options: {
    readonly clock: { now(): number };
    /** Left out: everybody has one device. */
    readonly people?: LivePeople;
    /** Left out: nobody has one. */
    readonly tracks?: LiveTracks;
    onChanged(deviceId: string, frames: number): void;
    onRemoved(deviceId: string): void;
  }) {
    this.#clock = options.clock;
    this.#people = options.people ?? { merges: new Merges(), presenceOf: () => null };
    this.#tracks = options.tracks ?? { of: () => null, isKnown: () => true };
    this.#onChanged = (deviceId, frames) => options.onChanged(this.#people.merges.shownAs(deviceId), frames);
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
    // Nobody who calls for help leaves the list.
    if (entry.frames === 0 && entry.live.sos?.active !== true) this.#remove(deviceId);
    else this.#onChanged(deviceId, 0);
  }

  /** The operator changed what is shown of it. */
  present(deviceId: string, presence: Presence): void {
    const entry = this.#entries.get(deviceId);
    if (entry) entry.live = { ...entry.live, ...presence };
    if (this.#partsOf(deviceId).length > 0) this.#onChanged(deviceId, 0);
  }

  /** Who is who has changed, of these devices: they were merged or taken apart. */
  regrouped(deviceIds: readonly string[]): void {
    const { merges } = this.#people;
    for (const deviceId of deviceIds) {
      if (merges.shownAs(deviceId) === deviceId && this.#partsOf(deviceId).length > 0) this.#onChanged(deviceId, 0);
      else this.#onRemoved(deviceId);
    }
  }

  /** It is as if it had never been there. */
  forget(deviceId: string): void {
    if (this.#entries.has(deviceId)) this.#remove(deviceId);
  }

  /** What a phone tells of itself. What it leaves out stays as it was said before. */
  reported(deviceId: string, { battery, charging, visibility, queued, captured }: PhoneStatus): void {
    const entry = this.#entries.get(deviceId);
    if (!entry) return;
    const { live } = entry;
    entry.batteryPct = battery === null ? entry.batteryPct : toPercent(battery);
    entry.live = {
      ...live,
      charging: charging ?? live.charging,
      visibility: visibility ?? live.visibility,
      queued: queued ?? live.queued,
      captured: captured ?? live.captured,
    };
    this.#onChanged(deviceId, 0);
  }

  clockMeasured(deviceId: string, clock: PhoneClock | null): void {
    const entry = this.#entries.get(deviceId);
    if (!entry) return;
    entry.live = { ...entry.live, clock };
    this.#onChanged(deviceId, 0);
  }

  /** @param presence of who may not be in the list: a call of before a restart puts them there. */
  sosCalled(deviceId: string, sos: SosCall, presence?: Presence): void {
    const entry = presence ? this.#entry(deviceId, presence) : this.#entries.get(deviceId);
    if (!entry) return;
    entry.live = { ...entry.live, sos };
    this.#onChanged(deviceId, 0);
  }

  refused(deviceId: string): void {
    const entry = this.#entries.get(deviceId);
    if (!entry) return;
    entry.live = { ...entry.live, refused: entry.live.refused + 1 };
    this.#onChanged(deviceId, 0);
  }

  /** Takes in a stored frame of the current session. @param presenceOf asked of who is not in the list; null: nobody any more */
  apply(frame: LoggedFrame, presenceOf: (deviceId: string) => Presence | null): void {
    const presence = this.#entries.has(frame.deviceId) ? null : presenceOf(frame.deviceId);
    const entry = presence ? this.#entry(frame.deviceId, presence) : this.#entries.get(frame.deviceId);
    if (!entry) return;
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
    for (const frame of newest) merge(entry, { ...frame, says: saysOf(frame.data, frame.flags) });
    entry.frames = frames;
  }

  /** Their tracks are known now. */
  tracksChanged(deviceIds: readonly string[]): void {
    for (const deviceId of deviceIds) if (this.#entries.has(deviceId)) this.#onChanged(deviceId, 0);
  }

  /** A new session begins: counts start at 0, who is offline leaves the list. Where people are stays known. */
  beginSession(): void {
    for (const [deviceId, entry] of this.#entries) {
      // Nobody who calls for help leaves the list.
      if (!entry.live.isOnline && entry.live.sos?.active !== true) this.#remove(deviceId);
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

  /** The person that a device is shown as. */
  get(deviceId: string): LiveDevice | null {
    const { merges } = this.#people;
    const shownAs = merges.shownAs(deviceId);
    const parts = this.#partsOf(deviceId).map(
      (entry): LivePart => ({
        ...entry,
        live: this.#snapshot(entry),
        isTrackKnown: this.#tracks.isKnown(entry.live.deviceId),
      }),
    );
    const merged = merges.mergedInto(shownAs);
    const own = parts[0]?.live;
    if (own === undefined || merged.length === 0) return own ?? null;
    const { name, colour, note, isRevoked } = this.#people.presenceOf(shownAs) ?? own;
    return mergeLive({ deviceId: shownAs, merged, name, colour, note, isRevoked }, parts);
  }

  /** Whether it is in the list by itself, whoever it is shown as. */
  has(deviceId: string): boolean {
    return this.#entries.has(deviceId);
  }

  /** By name. */
  list(): readonly LiveDevice[] {
    const people = new Set([...this.#entries.keys()].map((deviceId) => this.#people.merges.shownAs(deviceId)));
    return [...people]
      .flatMap((deviceId) => this.get(deviceId) ?? [])
      .sort((a, b) => a.name.localeCompare(b.name) || (a.deviceId < b.deviceId ? -1 : 1));
  }

  #snapshot(entry: Entry): LiveDevice {
    const { frames, lastReceivedAtMs, delayMs, batteryPct } = entry;
    const rateHz = entry.rate.rateHz(this.#clock.now());
    const track = this.#tracks.of(entry.live.deviceId);
    entry.live = {
      ...entry.live,
      ...entry.readings.all(),
      frames,
      lastReceivedAtMs,
      delayMs,
      batteryPct,
      rateHz,
      track,
    };
    return entry.live;
  }

  #change(deviceId: string, presence: Presence, change: Partial<LiveDevice>): void {
    const entry = this.#entry(deviceId, presence);
    entry.live = { ...entry.live, ...change };
    this.#onChanged(deviceId, 0);
  }

  #remove(deviceId: string): void {
    this.#entries.delete(deviceId);
    if (this.#partsOf(deviceId).length > 0) this.#onChanged(deviceId, 0);
    else this.#onRemoved(this.#people.merges.shownAs(deviceId));
  }

  /** The devices of a person that are here. */
  #partsOf(deviceId: string): Entry[] {
    return this.#people.merges.groupOf(deviceId).flatMap((id) => this.#entries.get(id) ?? []);
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
    merged: [],
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
    track: null,
    batteryPct: null,
    charging: null,
    visibility: null,
    queued: null,
    captured: null,
    clock: null,
    sos: null,
  };
}

type Timed = Pick<StoredFrame, 'capturedAtMs' | 'receivedAtMs' | 'correctedAtMs' | 'liveAtMs' | 'batteryPct'>;

/** Takes in a frame: each value only when the frame is newer than what it was read from. */
function merge(entry: Entry, frame: Timed & SayingFrame): void {
  const { liveAtMs: atMs } = frame;
  entry.lastReceivedAtMs = frame.receivedAtMs;
  entry.readings.take(frame, atMs);
  if (atMs < entry.newestMs) return;
  entry.newestMs = atMs;
  entry.delayMs = delayOf(frame);
  entry.batteryPct = frame.batteryPct ?? entry.batteryPct;
}

function delayOf(frame: Timed): number | null {
  const { capturedAtMs, receivedAtMs, correctedAtMs } = frame;
  if (correctedAtMs !== null) return Math.max(0, receivedAtMs - correctedAtMs);
  if (capturedAtMs === null || isSkewed(capturedAtMs, receivedAtMs)) return null;
  // A phone whose clock runs ahead seems to send before it measured: nothing true can be said.
  return capturedAtMs <= receivedAtMs ? receivedAtMs - capturedAtMs : null;
}
