import { setImmediate } from 'node:timers/promises';
import type { StoredFrame } from '../../../../src/common/model/frame';
import { DeviceTrack, stepOf } from '../../../../src/main/hub/quality/device-track';
import { Tracks } from '../../../../src/main/hub/quality/tracks';
import type { LatestOfDevice, TrackCheckpoint } from '../../../../src/main/store';

/** A log in memory, with checkpoints that are committed like the store's: those of a turn together, and a moment later. */
export class TrackLog {
  readonly frames: StoredFrame[] = [];
  readonly saved = new Map<string, TrackCheckpoint>();
  /** How many frames each reading read. */
  readonly read: number[] = [];
  /** How many checkpoints went in one commit. */
  readonly commits: number[] = [];
  isFailing = false;
  /** Heard again after a restart. */
  keptUpTo = Infinity;
  #turn: Turn | null = null;
  /** Whatever was given to a hub that is gone is not committed any more. */
  #run = 0;

  /** A hub on it, as after a start; the one before is gone, as by SIGKILL. */
  open(): Tracks {
    this.#run += 1;
    this.#turn = null;
    const run = this.#run;
    const tracks: Tracks = new Tracks({
      store: {
        frames: async ({ after, limit }) => {
          await setImmediate();
          const rest = this.frames.slice(after ?? 0);
          const items = rest.slice(0, limit);
          return { items, next: rest.length > limit ? (items.at(-1)?.frameId ?? null) : null };
        },
        saveTrackCheckpoint: (_, checkpoint) =>
          this.#commit(run, () => this.saved.set(checkpoint.deviceId, checkpoint)),
        deleteTrackCheckpoints: (_, deviceId) =>
          this.#commit(run, () => (deviceId === null ? this.saved.clear() : this.saved.delete(deviceId))),
      },
      sessionId: () => 's1',
      onReplayed: () => {},
      keptUpTo: () => this.keptUpTo,
      onWhole: () => {},
      onDone: (frames) => this.read.push(frames),
      onFailure: () => {},
    });
    tracks.open(this.latest(), [...this.saved.values()]);
    return tracks;
  }

  latest(): LatestOfDevice[] {
    const newest = new Map(this.frames.map((frame) => [frame.deviceId, frame]));
    return [...newest.values()].map((frame) => ({
      deviceId: frame.deviceId,
      frames: this.frames.filter(({ deviceId }) => deviceId === frame.deviceId).length,
      lastReceivedAtMs: frame.receivedAtMs,
      newest: [frame],
    }));
  }

  /** The track of all frames, one after the other. */
  whole(deviceId: string): DeviceTrack {
    const track = new DeviceTrack();
    for (const frame of this.frames) {
      const step = frame.deviceId === deviceId ? stepOf(frame) : null;
      if (step) track.add(step);
    }
    return track;
  }

  /** Until everything is read and committed. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
  }

  #commit(run: number, write: () => void): Promise<void> {
    this.#turn ??= this.#startTurn(run);
    this.#turn.writes.push(write);
    return this.#turn.done;
  }

  #startTurn(run: number): Turn {
    const writes: Array<() => void> = [];
    const { isFailing } = this;
    const commit = async (): Promise<void> => {
      await setImmediate();
      this.#turn = null;
      await setImmediate();
      if (isFailing) throw new Error('the disk is full');
      if (run !== this.#run) return;
      for (const one of writes) one();
      this.commits.push(writes.length);
    };
    return { writes, done: commit() };
  }
}

/** Tells of a stored frame. */
export function take(tracks: Tracks, frame: StoredFrame): void {
  tracks.take({ deviceId: frame.deviceId, step: stepOf(frame) }, frame.frameId);
}

/** What is committed together. */
interface Turn {
  readonly writes: Array<() => void>;
  readonly done: Promise<void>;
}
