import type { ShareKind } from '../../../common/model/share';
import type { Candidate, Description, Wish } from '../../../common/wire/sharing';
import { randomId } from '../identity/random-id';
import { Recovery, type Remedy } from './recovery';
import { toSendLimits } from './send-limits';

export interface SharerLinkOptions {
  readonly stream: MediaStream;
  readonly kind: ShareKind;
  /** To this link's operator. */
  send(message: object): void;
  /** Of what is captured just now, px. */
  sourceSize(): { readonly width: number; readonly height: number };
}

/** Before the viewer has said what it wants: a tile. */
const FIRST_WISH: Wish = { height: 360, fps: 5, mode: 'video' };

/** One operator who watches: always this side offers, so two offers never meet. */
export class SharerLink {
  readonly #options: SharerLinkOptions;
  #stream: MediaStream;
  #pc: RTCPeerConnection;
  #connection = '';
  /** Of the last offer of this connection, from 1. */
  #offerNumber = 0;
  #recovery = new Recovery(0);
  #wish = FIRST_WISH;
  /** Candidates that came before the answer they belong to. */
  #held: Candidate[] = [];
  #isClosed = false;
  /** Its operator is not known by this name any more: it lives as long as it does, and nothing is done about it. */
  #isRetired = false;
  /** Description calls run one after another. */
  #work: Promise<void> = Promise.resolve();

  constructor(options: SharerLinkOptions) {
    this.#options = options;
    this.#stream = options.stream;
    this.#pc = this.#connect();
  }

  get wish(): Wish {
    return this.#wish;
  }

  get isConnected(): boolean {
    return this.#pc.connectionState === 'connected';
  }

  /** An answer of an earlier connection, or to an earlier offer, is nothing to this one. */
  answered(answer: Description, connection: string | null, offerNumber: number | null): void {
    if (connection !== null && connection !== this.#connection) return;
    const pc = this.#pc;
    this.#then(async () => {
      // A control room of before gives no number back.
      if (offerNumber !== null && offerNumber !== this.#offerNumber) return;
      if (pc !== this.#pc || pc.signalingState !== 'have-local-offer') return;
      await pc.setRemoteDescription(answer);
      const held = this.#held;
      this.#held = [];
      for (const candidate of held) await this.#add(candidate);
      this.limit();
    });
  }

  found(candidate: Candidate, connection: string | null): void {
    if (connection !== null && connection !== this.#connection) return;
    this.#then(async () => {
      if (this.#pc.remoteDescription) await this.#add(candidate);
      else if (this.#held.length < 64) this.#held.push(candidate);
    });
  }

  wants(wish: Wish): void {
    this.#wish = wish;
    this.limit();
  }

  /** Another camera: the connection stays, what it sends is another. */
  replace(stream: MediaStream): void {
    this.#stream = stream;
    const [video] = stream.getVideoTracks();
    const sender = this.#pc.getSenders().find(({ track }) => track?.kind !== 'audio');
    if (video && sender) this.#then(() => sender.replaceTrack(video));
    this.#then(() => Promise.resolve(this.limit()));
  }

  /** Fits what is sent to the wish and to the size of what is captured. */
  limit(): void {
    const { width, height } = this.#options.sourceSize();
    const { kind } = this.#options;
    for (const sender of this.#pc.getSenders()) {
      if (sender.track?.kind !== 'video') continue;
      const parameters = sender.getParameters();
      const [encoding] = parameters.encodings;
      if (!encoding) continue;
      Object.assign(encoding, toSendLimits(this.#wish, kind, width, height));
      // Letters of a screen must stay sharp; of a camera what moves matters as well.
      parameters.degradationPreference = kind === 'screen' ? 'maintain-resolution' : 'balanced';
      // A connection that closed meanwhile refuses, and needs none.
      sender.setParameters(parameters).catch(() => undefined);
    }
  }

  /** Called once a second. */
  tick(): void {
    this.#help(this.#recovery.ticked(performance.now()));
  }

  retire(): void {
    this.#isRetired = true;
  }

  close(): void {
    this.#isClosed = true;
    this.#drop();
  }

  #connect(): RTCPeerConnection {
    const pc = new RTCPeerConnection({ iceServers: [] });
    this.#connection = randomId();
    this.#offerNumber = 0;
    const connection = this.#connection;
    this.#held = [];
    this.#recovery = new Recovery(performance.now());
    for (const track of this.#stream.getTracks()) pc.addTrack(track, this.#stream);
    pc.onicecandidate = ({ candidate }) => {
      // The end of candidates is told too (null): a viewer that waits for it need not wait longer.
      this.#options.send({ type: 'ice-candidate', candidate: candidate?.toJSON() ?? null, connection });
    };
    pc.onconnectionstatechange = () => this.#help(this.#recovery.changed(pc.connectionState, performance.now()));
    this.#pc = pc;
    this.#offer();
    return pc;
  }

  #help(remedy: Remedy): void {
    if (this.#isClosed || this.#isRetired || remedy === 'none') return;
    if (remedy === 'renew') {
      this.#drop();
      this.#connect();
      return;
    }
    this.#pc.restartIce();
    this.#offer();
  }

  #offer(): void {
    const pc = this.#pc;
    const connection = this.#connection;
    this.#then(async () => {
      if (pc !== this.#pc) return;
      await pc.setLocalDescription();
      const { localDescription: offer } = pc;
      if (!offer) return;
      this.#offerNumber += 1;
      const { type, sdp } = offer;
      this.#options.send({ type: 'offer', offer: { type, sdp }, connection, offerNumber: this.#offerNumber });
      this.limit();
    });
  }

  #then(step: () => Promise<void>): void {
    this.#work = this.#work.then(step).catch((error: unknown) => {
      // What a viewer sent did not fit: recovery finds out if that mattered.
      if (!this.#isClosed) console.warn('A step of a connection failed.', error);
    });
  }

  async #add(candidate: Candidate): Promise<void> {
    // One bad candidate is no reason to leave out the others.
    await this.#pc.addIceCandidate(candidate).catch(() => undefined);
  }

  #drop(): void {
    this.#pc.onicecandidate = null;
    this.#pc.onconnectionstatechange = null;
    this.#pc.close();
  }
}
