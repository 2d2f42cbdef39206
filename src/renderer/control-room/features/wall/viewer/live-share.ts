import type { ShareSource } from '../../../../../common/model/share';
import type { Candidate, Description, Peer, Wish } from '../../../../../common/wire/sharing';
import type { ShareView } from '../../../stores/share-store';
import { diagnose } from './health';
import { qualityBetween, type Sample } from './quality';
import { ViewerLink } from './viewer-link';

/** How large and how often somebody on this side shows a share. */
export type Demand = Pick<Wish, 'height' | 'fps'>;

export interface LiveShareOptions {
  readonly shareId: string;
  readonly source: ShareSource;
  /** Addresses of this laptop that phones seldom reach. */
  offLan(): readonly string[];
  send(message: Readonly<Record<string, unknown>>): void;
  changed(view: ShareView): void;
}

const NOTHING: Demand = { height: 0, fps: 0 };

/** One share: the connection it comes by, and the next one while that comes up; how it is; and what is asked of it. */
export class LiveShare {
  readonly shareId: string;
  readonly #options: LiveShareOptions;
  #peer: Peer;
  #link: ViewerLink | null = null;
  /** Of an offer that came while the present connection still shows something. */
  #next: ViewerLink | null = null;
  #before: Sample | null = null;
  #sinceMs = performance.now();
  #videoAtMs: number | null = null;
  #snapshotAtMs: number | null = null;
  #lostAtMs: number | null = null;
  #demands = new Map<string, Demand>();
  #told: Wish | null = null;
  #needsSnapshots = false;
  #view: ShareView;

  constructor(peer: Peer, options: LiveShareOptions) {
    this.shareId = options.shareId;
    this.#peer = peer;
    this.#options = options;
    this.#view = {
      shareId: options.shareId,
      deviceId: peer.deviceId,
      peerName: peer.name,
      kind: peer.kind,
      source: options.source,
      health: 'connecting',
      path: null,
      stream: null,
      hasAudio: false,
      pictureUrl: null,
      quality: null,
      beganAtMs: Date.now(),
      lastFrameAtMs: null,
    };
    this.#show({});
  }

  get peerId(): string {
    return this.#peer.peerId;
  }

  /** How long its peer has been away, ms; 0 while it is here. */
  lostForMs(nowMs: number): number {
    return this.#lostAtMs === null ? 0 : nowMs - this.#lostAtMs;
  }

  get isMoving(): boolean {
    return this.#view.health === 'live';
  }

  /** Its peer is here, perhaps under another id, and perhaps with something else to show. */
  met(peer: Peer): void {
    const isNew = peer.peerId !== this.#peer.peerId;
    this.#peer = peer;
    this.#lostAtMs = null;
    if (isNew) {
      this.#told = null;
      this.#sinceMs = performance.now();
    }
    this.#show({ deviceId: peer.deviceId, peerName: peer.name, kind: peer.kind ?? this.#view.kind });
    this.#tell();
  }

  lost(): void {
    this.#lostAtMs ??= performance.now();
    this.#told = null;
  }

  offered(offer: Description, connection: string | null): void {
    const known = [this.#next, this.#link].find((link) => link?.isOf(offer, connection));
    if (known) {
      known.offered(offer);
      return;
    }
    const link = new ViewerLink({
      connection,
      fromAddress: this.#peer.fromAddress,
      // Whoever came over the VPN is reached over it.
      leftOut: this.#options.offLan().filter((address) => address !== this.#peer.toAddress),
      isWhole: this.#options.source === 'whip',
      send: (message) => this.#options.send({ ...message, to: this.peerId }),
      streamChanged: (stream) => this.#came(link, stream),
    });
    this.#next?.close();
    this.#next = link;
    if (!this.isMoving || this.#view.path !== 'direct') this.#sinceMs = performance.now();
    link.offered(offer);
    this.#told = null;
    this.#tell();
  }

  found(candidate: Candidate): void {
    (this.#next ?? this.#link)?.found(candidate);
  }

  snapshot(picture: Blob): void {
    this.#snapshotAtMs = performance.now();
    // While video comes through a straggler changes nothing.
    if (this.#view.path === 'direct') return;
    this.#forgetPicture();
    this.#show({ pictureUrl: URL.createObjectURL(picture), lastFrameAtMs: Date.now() });
  }

  /** What one place shows of it; null: nothing any more. The largest of all places counts. */
  demand(place: string, demand: Demand | null): void {
    const wasWatched = this.#isWatched;
    if (demand) this.#demands.set(place, demand);
    else this.#demands.delete(place);
    // It has to start again first: no picture yet is no stall.
    if (!wasWatched && this.#isWatched) this.#sinceMs = performance.now();
    this.#tell();
  }

  /** Called once a second. */
  async tick(): Promise<void> {
    this.#swapWhenUp();
    const nowMs = performance.now();
    const sample = await this.#link?.sample(nowMs);
    if (sample) this.#count(sample, nowMs);
    const { health, path, needsSnapshots } = diagnose({
      nowMs,
      isLost: this.#lostAtMs !== null,
      isWatched: this.#isWatched || !this.#takesWishes,
      sinceMs: this.#sinceMs,
      videoAtMs: this.#videoAtMs,
      snapshotAtMs: this.#snapshotAtMs,
    });
    this.#needsSnapshots = needsSnapshots;
    if (path === 'direct') this.#forgetPicture();
    const pictureUrl = path === 'direct' ? null : this.#view.pictureUrl;
    this.#show({ health, path, pictureUrl, ...(path === 'direct' ? {} : { quality: null }) });
    this.#tell();
  }

  close(): void {
    this.#link?.close();
    this.#next?.close();
    this.#forgetPicture();
  }

  get #isWatched(): boolean {
    return this.#largest().fps > 0;
  }

  /** Only our own phone page knows `want`. */
  get #takesWishes(): boolean {
    return this.#peer.role === 'sharer' && this.#options.source === 'webrtc';
  }

  #largest(): Demand {
    let { height, fps } = NOTHING;
    for (const demand of this.#demands.values()) {
      height = Math.max(height, demand.height);
      fps = Math.max(fps, demand.fps);
    }
    return { height, fps };
  }

  #tell(): void {
    if (!this.#takesWishes || this.#lostAtMs !== null) return;
    const wish: Wish = { ...this.#largest(), mode: this.#needsSnapshots ? 'snapshots' : 'video' };
    const { height, fps, mode } = this.#told ?? {};
    if (wish.height === height && wish.fps === fps && wish.mode === mode) return;
    this.#told = wish;
    this.#options.send({ type: 'want', to: this.peerId, ...wish });
  }

  #came(link: ViewerLink, stream: MediaStream): void {
    // The first connection is shown as it comes; a later one once it is up.
    if (link === this.#next && (!this.#link || this.#view.path !== 'direct')) this.#swap();
    if (link === this.#link) this.#showStream(stream);
  }

  #swapWhenUp(): void {
    if (this.#next?.state === 'connected') this.#swap();
  }

  #swap(): void {
    this.#link?.close();
    this.#link = this.#next;
    this.#next = null;
    this.#before = null;
    const stream = this.#link?.stream;
    if (stream) this.#showStream(stream);
  }

  #showStream(stream: MediaStream): void {
    this.#show({ stream, hasAudio: stream.getAudioTracks().length > 0 });
  }

  #count(sample: Sample, nowMs: number): void {
    const before = this.#before;
    this.#before = sample;
    if (sample.framesDecoded > (before?.framesDecoded ?? 0)) {
      this.#videoAtMs = nowMs;
      this.#show({ lastFrameAtMs: Date.now() });
    }
    if (before) this.#show({ quality: qualityBetween(before, sample) });
  }

  #forgetPicture(): void {
    if (this.#view.pictureUrl) URL.revokeObjectURL(this.#view.pictureUrl);
  }

  #show(change: Partial<ShareView>): void {
    this.#view = { ...this.#view, ...change };
    this.#options.changed(this.#view);
  }
}
