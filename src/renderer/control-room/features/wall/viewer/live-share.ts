import type { ShareSource } from '../../../../../common/model/share';
import type { Candidate, Description, Peer, PeerMessage, Wish } from '../../../../../common/wire/sharing';
import type { ShareView } from '../../../stores/share-store';
import { type Demand, Demands } from './demands';
import { diagnose } from './health';
import { qualityBetween, type Sample } from './quality';
import type { Placed } from './share-places';
import { ViewerLink } from './viewer-link';

type Offer = Pick<Extract<PeerMessage, { readonly type: 'offer' | 'answer' }>, 'connection' | 'offerNumber'> & {
  readonly description: Description;
};

export interface LiveShareOptions {
  readonly shareId: string;
  readonly source: ShareSource;
  /** Addresses of this laptop that phones seldom reach. */
  offLan(): readonly string[];
  send(message: Readonly<Record<string, unknown>>): void;
  changed(view: ShareView): void;
  /** Nothing will come of it any more: an HTTP sender whose link has gone, or an offer that is none. */
  over(): void;
}

/** An HTTP sender says nothing when it vanishes, and makes no new way: this long it may stay away, ms. */
const WHIP_DOWN_MS = 30_000;

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
  readonly #demands = new Demands();
  /** Since when no connection is up; null while one is. */
  #downSinceMs: number | null = performance.now();
  #isClosed = false;
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

  /** Whose it is, and where from: by this its places on the wall are counted. */
  get placed(): Placed {
    const { deviceId, fromAddress } = this.#peer;
    return { shareId: this.shareId, deviceId, fromAddress };
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

  offered({ description, connection, offerNumber }: Offer): void {
    const known = [this.#next, this.#link].find((link) => link?.isOf(description, connection));
    if (known) {
      known.offered(description, offerNumber);
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
      refused: () => this.#refused(link),
    });
    this.#next?.close();
    this.#next = link;
    if (!this.isMoving || this.#view.path !== 'direct') this.#sinceMs = performance.now();
    link.offered(description, offerNumber);
    this.#told = null;
    this.#tell();
  }

  /** @returns false: it is of a connection that is not known, an earlier one or one whose offer has yet to come */
  found(candidate: Candidate, connection: string | null): boolean {
    const links = [this.#next, this.#link];
    const link = links.find((one) => one !== null && (connection === null || one.isCalled(connection)));
    link?.found(candidate);
    return link != null;
  }

  snapshot(picture: Blob): void {
    if (this.#isClosed) return;
    this.#snapshotAtMs = performance.now();
    // While video comes through a straggler changes nothing.
    if (this.#view.path === 'direct') return;
    this.#forgetPicture();
    this.#show({ pictureUrl: URL.createObjectURL(picture), lastFrameAtMs: Date.now() });
  }

  /** What one place shows of it; null: nothing any more. The largest of all places counts. */
  demand(place: string, demand: Demand | null): void {
    const wasWatched = this.#isWatched;
    this.#demands.set(place, demand);
    // It has to start again first: no picture yet is no stall.
    if (!wasWatched && this.#isWatched) this.#sinceMs = performance.now();
    this.#tell();
  }

  /** Called once a second. */
  async tick(): Promise<void> {
    this.#swapWhenUp();
    const nowMs = performance.now();
    const sample = await this.#link?.sample(nowMs);
    // It may have ended while the browser counted.
    if (this.#isClosed) return;
    if (sample) this.#count(sample, nowMs);
    if (this.#options.source === 'whip' && this.#isDown(nowMs)) {
      this.#options.over();
      return;
    }
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
    this.#isClosed = true;
    this.#link?.close();
    this.#next?.close();
    this.#forgetPicture();
  }

  get #isWatched(): boolean {
    return this.#demands.largest.fps > 0;
  }

  /** Only our own phone page knows `want`. */
  get #takesWishes(): boolean {
    return this.#peer.role === 'sharer' && this.#options.source === 'webrtc';
  }

  #isDown(nowMs: number): boolean {
    const state = (this.#link ?? this.#next)?.state;
    if (state === 'connected') this.#downSinceMs = null;
    else this.#downSinceMs ??= nowMs;
    return state === 'failed' || (this.#downSinceMs !== null && nowMs - this.#downSinceMs > WHIP_DOWN_MS);
  }

  #refused(link: ViewerLink): void {
    link.close();
    if (link === this.#next) this.#next = null;
    if (link === this.#link) this.#link = null;
    // Our own page has something to show and offers anew; of anybody else nothing is known but this offer.
    if (!this.#link && !this.#next && !this.#takesWishes) this.#options.over();
  }

  #tell(): void {
    if (!this.#takesWishes || this.#lostAtMs !== null) return;
    const wish: Wish = { ...this.#demands.largest, mode: this.#needsSnapshots ? 'snapshots' : 'video' };
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
    if (this.#isClosed) return;
    this.#view = { ...this.#view, ...change };
    this.#options.changed(this.#view);
  }
}
