import type { HubClient } from '../../../../../common/contract/client';
import type { RequestResult } from '../../../../../common/contract/requests';
import type { MjpegSource, MjpegState } from '../../../../../common/model/mjpeg-source';
import { mjpegShareId } from '../../../stores/mjpeg-store';
import type { ShareHealth, ShareView } from '../../../stores/share-store';
import { toJpegBlob } from '../base64';
import { PictureRate } from './picture-rate';

type Frame = NonNullable<RequestResult<'mjpeg.frame'>['frame']>;

const HEALTH: Readonly<Record<MjpegState, ShareHealth>> = {
  connecting: 'connecting',
  live: 'live',
  stalled: 'frozen',
  pin_needed: 'locked',
  pin_wrong: 'locked',
  blocked: 'locked',
  unreachable: 'lost',
};

/** After a question that failed although the link is up, ms. */
const PAUSE_MS = 1_000;

/** One screen that the hub pulls. Asks for the newest picture again and again while somebody looks, and keeps one. */
export class PulledShare {
  readonly #changed: (view: ShareView) => void;
  readonly #rate = new PictureRate();
  #source: MjpegSource;
  #client: HubClient | null = null;
  #wantedFps = 0;
  /** Number of the picture that is shown; 0: none of this source. */
  #number = 0;
  #isAsking = false;
  #isClosed = false;
  #view: ShareView;

  constructor(source: MjpegSource, changed: (view: ShareView) => void) {
    this.#source = source;
    this.#changed = changed;
    this.#view = {
      shareId: mjpegShareId(source),
      deviceId: source.deviceId,
      peerName: source.address,
      kind: 'screen',
      source: 'mjpeg',
      health: 'connecting',
      path: null,
      stream: null,
      hasAudio: false,
      pictureUrl: null,
      quality: null,
      beganAtMs: Date.now(),
      lastFrameAtMs: null,
    };
  }

  /** The hub told something of it, perhaps that it is pulled anew. */
  follow(source: MjpegSource): void {
    if (source.sourceId !== this.#source.sourceId) {
      this.#number = 0;
      this.#rate.clear();
    }
    this.#source = source;
    this.#judge();
  }

  /** @param client null: the hub is out of reach */
  attach(client: HubClient | null): void {
    this.#client = client;
    this.#judge();
  }

  /** @param fps pictures a second that are looked at; 0: none is asked for */
  want(fps: number): void {
    this.#wantedFps = fps;
    this.#judge();
  }

  close(): void {
    this.#isClosed = true;
    if (this.#view.pictureUrl !== null) URL.revokeObjectURL(this.#view.pictureUrl);
  }

  get #health(): ShareHealth {
    if (!this.#client) return 'lost';
    const health = HEALTH[this.#source.state];
    // Its last picture is old, whether the hub waits for the next or looks for the phone: that stays red.
    if ((health === 'connecting' || health === 'lost') && this.#view.lastFrameAtMs !== null) return 'frozen';
    return health === 'live' && this.#wantedFps === 0 ? 'paused' : health;
  }

  get #isWorthAsking(): boolean {
    return !this.#isClosed && this.#client !== null && this.#wantedFps > 0 && HEALTH[this.#source.state] !== 'locked';
  }

  #judge(): void {
    const health = this.#health;
    if (this.#isClosed) return;
    this.#show({ health, path: health === 'live' ? 'snapshots' : null, peerName: this.#source.address });
    if (!this.#isAsking && this.#isWorthAsking) void this.#askOn();
  }

  async #askOn(): Promise<void> {
    this.#isAsking = true;
    while (this.#isWorthAsking) {
      const askedAtMs = performance.now();
      const pauseMs = await this.#ask();
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, pauseMs - (performance.now() - askedAtMs))));
    }
    this.#isAsking = false;
  }

  /** @returns how long from its beginning until the next, ms */
  async #ask(): Promise<number> {
    const { sourceId } = this.#source;
    try {
      const answer = await this.#client?.request('mjpeg.frame', { sourceId, after: this.#number });
      // Meanwhile it may be pulled anew, with numbers of its own.
      if (answer?.frame && sourceId === this.#source.sourceId && !this.#isClosed) this.#take(answer.frame);
      return 1_000 / Math.max(1, this.#wantedFps);
    } catch {
      // The link has gone, which is told elsewhere, or comes back.
      return PAUSE_MS;
    }
  }

  #take({ number, jpeg, atMs }: Frame): void {
    const picture = toJpegBlob(jpeg);
    this.#number = number;
    this.#rate.add({ number, atMs, bytes: picture.size });
    const before = this.#view.pictureUrl;
    const { width, height } = this.#source;
    this.#show({
      pictureUrl: URL.createObjectURL(picture),
      lastFrameAtMs: Date.now(),
      quality: { width: width ?? 0, height: height ?? 0, ...this.#rate.rate, roundTripMs: null, freezes: 0 },
    });
    if (before !== null) URL.revokeObjectURL(before);
  }

  #show(change: Partial<ShareView>): void {
    this.#view = { ...this.#view, ...change };
    this.#changed(this.#view);
  }
}
