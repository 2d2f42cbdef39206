import { useConnectionStore } from '../../../stores/connection-store';
import { personOf, useLiveStore } from '../../../stores/live-store';
import { isRecordedElsewhere, useRecordingStore } from '../../../stores/recording-store';
import { type ShareView, useShareStore } from '../../../stores/share-store';
import { notifyFailure } from '../../shell/notify';
import { demandShare } from '../demand-share';
import { nameOf } from '../share-words';
import type { Demand } from '../viewer/demands';
import { judgeEnd } from './ended-words';
import { openRecordable, sourceOf } from './recordable';
import { ShareRecorder } from './share-recorder';

/** More would load the phones' radio; a share that is shown large comes larger, and is recorded so. */
const RECORDED: Demand = { height: 720, fps: 15 };
/** Before a recording that ended though it is wanted is begun again, ms. */
const AGAIN_MS = 1_500;
/** So often; then the operator is told. */
const AGAIN_TIMES = 20;

interface Running {
  readonly recorder: ShareRecorder;
  readonly source: string;
}

/** A share that the operator has recording on for. */
interface Wanted {
  hasRun: boolean;
  tries: number;
  notBeforeMs: number;
}

/**
 * What the operator has recording on for. A share that stands still or loses its way ends its recording; the next begins
 * as soon as pictures move again. A share that ends takes the wish with it.
 */
class Recorders {
  readonly #wanted = new Map<string, Wanted>();
  readonly #running = new Map<string, Running>();

  constructor() {
    useShareStore.subscribe(() => this.#look());
    useConnectionStore.subscribe(() => this.#look());
  }

  /** @param isOn what the operator wants from here on */
  set(shareId: string, isOn: boolean): void {
    if (!isOn) {
      this.#forget(shareId);
      return;
    }
    if (this.#wanted.has(shareId)) return;
    this.#wanted.set(shareId, { hasRun: false, tries: 0, notBeforeMs: 0 });
    useRecordingStore.getState().putOwn(shareId, { state: 'waiting', beganAtMs: null, bytes: 0 });
    demandShare(shareId, 'recording', RECORDED);
    this.#look();
  }

  /** Every share there is just now, but for those that another control room records. */
  setAll(isOn: boolean): void {
    const recordings = useRecordingStore.getState();
    const shareIds = isOn
      ? [...useShareStore.getState().shares.keys()].filter((shareId) => !isRecordedElsewhere(recordings, shareId))
      : [...this.#wanted.keys()];
    for (const shareId of shareIds) this.set(shareId, isOn);
  }

  get isRecording(): boolean {
    return this.#running.size > 0;
  }

  #forget(shareId: string): void {
    if (!this.#wanted.delete(shareId)) return;
    this.#running.get(shareId)?.recorder.stop();
    demandShare(shareId, 'recording', null);
    useRecordingStore.getState().removeOwn(shareId);
  }

  #look(): void {
    if (this.#wanted.size === 0) return;
    const { shares } = useShareStore.getState();
    for (const [shareId, wanted] of this.#wanted) {
      const share = shares.get(shareId);
      if (share) this.#follow(share, wanted);
      else this.#forget(shareId);
    }
  }

  #follow(share: ShareView, wanted: Wanted): void {
    const running = this.#running.get(share.shareId);
    const source = sourceOf(share);
    if (running) {
      // Just before its first picture after an interruption a share is "connecting": that is no reason to end.
      if (source === null ? isBroken(share) : source !== running.source) running.recorder.stop();
      return;
    }
    const { client } = useConnectionStore.getState();
    if (client && source !== null && Date.now() >= wanted.notBeforeMs) this.#begin(share, source, wanted);
  }

  #begin(share: ShareView, source: string, wanted: Wanted): void {
    const { client } = useConnectionStore.getState();
    if (!client) return;
    const { shareId, deviceId, kind } = share;
    const store = useRecordingStore.getState();
    let beganAtMs = Date.now();
    const recorder = new ShareRecorder({
      client,
      about: { shareId, deviceId, name: personName(share), source: share.source, kind },
      named: (recordingId) => store.noteBegun(recordingId),
      began: () => {
        beganAtMs = Date.now();
        wanted.hasRun = true;
        wanted.tries = 0;
        if (this.#wanted.has(shareId)) store.putOwn(shareId, { state: 'recording', beganAtMs, bytes: 0 });
      },
      grew: (bytes) => {
        if (this.#wanted.has(shareId)) store.putOwn(shareId, { state: 'recording', beganAtMs, bytes });
      },
      ended: (error) => {
        this.#running.delete(shareId);
        this.#ended(share, error);
      },
    });
    this.#running.set(shareId, { recorder, source });
    void recorder.run(() => openRecordable(share));
  }

  #ended(share: ShareView, error: unknown): void {
    const wanted = this.#wanted.get(share.shareId);
    if (!wanted) {
      if (error !== null && judgeEnd(error, true) === 'tell') notifyEnd(share, error);
      return;
    }
    wanted.tries += 1;
    if (judgeEnd(error, wanted.hasRun) === 'tell' || wanted.tries > AGAIN_TIMES) {
      this.#forget(share.shareId);
      notifyEnd(share, error);
      return;
    }
    useRecordingStore.getState().putOwn(share.shareId, { state: 'waiting', beganAtMs: null, bytes: 0 });
    wanted.notBeforeMs = Date.now() + AGAIN_MS;
    setTimeout(() => this.#look(), AGAIN_MS);
  }
}

const isBroken = ({ health }: ShareView): boolean => health === 'frozen' || health === 'lost' || health === 'locked';

const personName = (share: ShareView): string =>
  personOf(useLiveStore.getState().devices, share.deviceId)?.name ?? nameOf(share);

const notifyEnd = (share: ShareView, error: unknown): void =>
  notifyFailure(`${personName(share)} is not recorded`, error);

/** The recordings that this page makes. */
export const recorders: Recorders = new Recorders();

// The browser asks by itself; the app's window asks as the browser would.
window.addEventListener('beforeunload', (event) => {
  if (recorders.isRecording) event.preventDefault();
});
