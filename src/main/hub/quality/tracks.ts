import type { StoredFrame } from '../../../common/model/frame';
import type { Track } from '../../../common/model/track';
import type { LatestOfDevice, Store, TrackCheckpoint } from '../../store';
import { Checkpoints, type Standing } from './checkpoints';
import { DeviceTrack, stepOf, type TrackStep } from './device-track';
import { replayTracks } from './replay-tracks';
import { packTrack, type TrackState, unpackTrack } from './track-state';

interface TracksOptions {
  readonly store: Pick<Store, 'frames' | 'saveTrackCheckpoint' | 'deleteTrackCheckpoints'>;
  /** The current session. */
  sessionId(): string;
  /** A frame of the session that was stored before, in the order of the log. It may be told again. */
  onReplayed(frame: StoredFrame): void;
  /** Frames after it are to be replayed after a restart, for whoever else asked to hear them. */
  keptUpTo(): number;
  /** Everything stored is in the tracks of these devices from now on. */
  onWhole(deviceIds: readonly string[]): void;
  /** @param frames read for it. */
  onDone(frames: number): void;
  readonly onFailure: (error: unknown) => void;
}

interface Entry {
  track: DeviceTrack;
  /** Every frame of it up to it is in the track. */
  upTo: number;
  /** False: it is being read what was stored before. What comes meanwhile waits. */
  isWhole: boolean;
  /** False before it was whole for the first time. */
  isShown: boolean;
}

/** What came and waits, of a device that is not whole. */
interface Waiting {
  readonly deviceId: string;
  readonly frameId: number;
  readonly step: TrackStep | null;
}

/** Some 4 MB. With more, they are read from the log in their turn. */
const MOST_WAITING = 20_000;

/**
 * The tracks of the current session, each frame in the order of the log. After a restart they go on from what was saved of
 * them: that, and the frames since then, make the same track to the last digit as all frames.
 */
export class Tracks {
  readonly #options: TracksOptions;
  readonly #checkpoints: Checkpoints;
  readonly #entries = new Map<string, Entry>();
  #waiting: Waiting[] = [];
  /** The last frame that came. */
  #seen = 0;
  /** While reading: the last frame that was read. */
  #readTo = 0;
  #isReading = false;
  /** While reading: what came since the last page was asked for waits, all of it. */
  #isComplete = true;
  /** Whose first frame comes while we read has others, maybe, from this one on; null: it has not. */
  #newcomersUpTo: number | null = null;
  /** Another one: what is read for the one before is not wanted any more. */
  #reading = 0;
  /** False while what was saved is not to be trusted, and still there. */
  #isKept = true;

  constructor(options: TracksOptions) {
    this.#options = options;
    this.#checkpoints = new Checkpoints({
      save: (checkpoint) => options.store.saveTrackCheckpoint(options.sessionId(), checkpoint),
      standingOf: (deviceId) => this.#standingOf(deviceId),
      // What was read may be ahead of what we were told of: whose first frame that is we don't know yet.
      knownUpTo: () => Math.min(this.#seen, this.#isReading ? this.#readTo : Infinity, options.keptUpTo()),
      onFailure: options.onFailure,
    });
  }

  /** null before the first position, and while it is not known. */
  of(deviceId: string): Track | null {
    const entry = this.#entries.get(deviceId);
    return entry?.isShown ? entry.track.track : null;
  }

  /** False while what was stored before a restart is still to be read. */
  isKnown(deviceId: string): boolean {
    return this.#entries.get(deviceId)?.isShown ?? true;
  }

  /**
   * After a restart, before the first frame comes. Reads what came after it was saved.
   * @param latest of the session; null: it can't be read, then nothing is known and nothing saved. @param saved null: as well.
   */
  open(latest: readonly LatestOfDevice[] | null, saved: readonly TrackCheckpoint[] | null): void {
    if (latest === null) {
      this.#isKept = false;
      return;
    }
    const states = saved === null ? null : toStates(saved);
    const allUpTo = Math.max(0, ...(saved ?? []).map((checkpoint) => checkpoint.allUpTo));
    let isSound = states !== null;
    for (const { deviceId, newest } of latest) {
      const newestId = newest.length === 0 ? null : Math.max(...newest.map(({ frameId }) => frameId));
      this.#seen = Math.max(this.#seen, newestId ?? 0);
      const found = states?.get(deviceId);
      // Saved with what all held up to, and not there.
      if (!found && newestId !== null && newestId <= allUpTo) isSound = false;
      const upTo = Math.max(allUpTo, found?.upTo ?? 0);
      const isWhole = newestId !== null && newestId <= upTo;
      this.#entries.set(deviceId, { track: new DeviceTrack(found?.state), upTo, isWhole, isShown: isWhole });
    }
    this.#seen = Math.max(this.#seen, allUpTo);
    if (isSound) this.#read(allUpTo);
    else this.startOver();
  }

  /** Takes in a frame of the current session, in the order of the log. */
  take({ deviceId, step }: Pick<Waiting, 'deviceId' | 'step'>, frameId: number): void {
    this.#seen = Math.max(this.#seen, frameId);
    const entry = this.#entries.get(deviceId) ?? this.#add(deviceId);
    if (entry.isWhole) {
      this.#apply(entry, { deviceId, frameId, step });
      return;
    }
    if (this.#waiting.length === MOST_WAITING) {
      this.#waiting = [];
      this.#isComplete = false;
    }
    this.#waiting.push({ deviceId, frameId, step });
  }

  /** Another session is the current one. */
  begin(): void {
    this.#reading += 1;
    this.#isReading = false;
    this.#entries.clear();
    this.#waiting = [];
    this.#newcomersUpTo = null;
    this.#checkpoints.forgetAll();
    this.#isKept = true;
  }

  /** As if it had never been there, on the disk too. */
  forget(deviceId: string): void {
    this.#entries.delete(deviceId);
    this.#waiting = this.#waiting.filter((one) => one.deviceId !== deviceId);
    this.#checkpoints.forget(deviceId);
    this.#delete(deviceId).catch(this.#options.onFailure);
  }

  /** Frames may have been stored that we were not told of, after those that we were. */
  missedSome(): void {
    for (const entry of this.#entries.values()) {
      if (entry.isWhole) entry.upTo = Math.max(this.#seen, entry.upTo);
      entry.isWhole = false;
    }
    this.#newcomersUpTo = Math.min(this.#seen, this.#isReading ? this.#readTo : Infinity);
    this.#read(this.#newcomersUpTo);
  }

  /** Nothing that was saved holds any more: all frames are read once more. */
  startOver(): void {
    for (const [deviceId] of this.#entries) {
      this.#entries.set(deviceId, { track: new DeviceTrack(), upTo: 0, isWhole: false, isShown: false });
    }
    this.#checkpoints.forgetAll();
    this.#isKept = false;
    this.#newcomersUpTo = 0;
    const reading = this.#read(0);
    this.#delete(null).then(() => {
      if (reading === this.#reading) this.#isKept = true;
    }, this.#options.onFailure);
  }

  /** Saves what is due. To be called once a second. */
  tick(): void {
    this.#checkpoints.tick();
  }

  /** Saves everything, before the store closes. */
  flush(): Promise<void> {
    return this.#checkpoints.flush();
  }

  #add(deviceId: string): Entry {
    const upTo = this.#newcomersUpTo;
    const entry = { track: new DeviceTrack(), upTo: upTo ?? 0, isWhole: upTo === null, isShown: upTo === null };
    this.#entries.set(deviceId, entry);
    return entry;
  }

  /** Once, though it may have been read before we were told of it. */
  #apply(entry: Entry, { deviceId, frameId, step }: Waiting): void {
    if (frameId <= entry.upTo) return;
    if (step) entry.track.add(step);
    entry.upTo = frameId;
    this.#checkpoints.changed(deviceId, frameId);
  }

  /** @returns its number. */
  #read(after: number): number {
    this.#reading += 1;
    const reading = this.#reading;
    this.#isReading = true;
    this.#readTo = after;
    this.#waiting = [];
    this.#readOn(reading, after).catch(this.#options.onFailure);
    return reading;
  }

  async #readOn(reading: number, after: number): Promise<void> {
    const { store } = this.#options;
    const sessionId = this.#options.sessionId();
    const frames = await replayTracks({
      after,
      isWanted: () => reading === this.#reading,
      page: (from, limit) => {
        this.#isComplete = true;
        return store.frames({ sessionId, after: from, limit });
      },
      replay: (frame) => this.#replay(frame),
      isComplete: () => this.#isComplete,
    });
    if (frames === null) return;
    this.#goOn();
    this.#options.onDone(frames);
  }

  #replay(frame: StoredFrame): void {
    const { deviceId, frameId } = frame;
    this.#readTo = frameId;
    this.#options.onReplayed(frame);
    const known = this.#entries.get(deviceId);
    // Nobody's, or of somebody who was erased; but for those whose first frames we were not told of.
    if (!known && this.#newcomersUpTo === null) return;
    const entry = known ?? this.#add(deviceId);
    if (!entry.isWhole) this.#apply(entry, { deviceId, frameId, step: stepOf(frame) });
  }

  /** All was read: what came meanwhile is next, and then everything as it comes. */
  #goOn(): void {
    for (const one of this.#waiting) {
      const entry = this.#entries.get(one.deviceId);
      if (entry) this.#apply(entry, one);
    }
    this.#waiting = [];
    this.#isReading = false;
    this.#newcomersUpTo = null;
    const whole: string[] = [];
    for (const [deviceId, entry] of this.#entries) {
      if (entry.isWhole) continue;
      entry.isWhole = true;
      entry.isShown = true;
      whole.push(deviceId);
    }
    this.#options.onWhole(whole);
  }

  #standingOf(deviceId: string): Standing | null {
    const entry = this.#entries.get(deviceId);
    if (!entry || !this.#isKept) return null;
    const upTo = Math.max(entry.upTo, entry.isWhole ? this.#seen : this.#readTo);
    return { upTo, ...packTrack(entry.track.state) };
  }

  #delete(deviceId: string | null): Promise<void> {
    return this.#options.store.deleteTrackCheckpoints(this.#options.sessionId(), deviceId);
  }
}

/** By device; null when one of them is damaged, or of another version. */
function toStates(
  saved: readonly TrackCheckpoint[],
): ReadonlyMap<string, { readonly upTo: number; readonly state: TrackState }> | null {
  const states = new Map<string, { upTo: number; state: TrackState }>();
  for (const { deviceId, upTo, raw, clean } of saved) {
    const state = unpackTrack({ raw, clean });
    if (state === null) return null;
    states.set(deviceId, { upTo, state });
  }
  return states;
}
