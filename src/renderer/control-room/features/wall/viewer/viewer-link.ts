import { type Candidate, type Description, SHARING } from '../../../../../common/wire/sharing';
import { isAt, withAddress, withAddresses, withoutAddresses } from './candidate';
import { type Sample, type StatsEntry, toSample } from './quality';

export interface ViewerLinkOptions {
  /** Of our own pages; null for others'. */
  readonly connection: string | null;
  /** Where the sharer's socket comes from; null when not known. */
  readonly fromAddress: string | null;
  /** Addresses of this side that the sharer is not told: it would try them in vain, or go through a VPN. */
  readonly leftOut: readonly string[];
  /** The sharer takes no candidates after the answer (WHIP): it waits for all of them. */
  readonly isWhole: boolean;
  /** To the sharer. */
  send(message: object): void;
  /** A track came, or one went. */
  streamChanged(stream: MediaStream): void;
  /** Its first offer is none that this browser takes. */
  refused(): void;
}

/** RFC 9725 lets the answerer gather first; on a LAN it takes milliseconds. */
const GATHER_MS = 2_000;

/** One connection to a sharer. Always the sharer offers, so this side only answers. */
export class ViewerLink {
  readonly #options: ViewerLinkOptions;
  readonly #pc = new RTCPeerConnection({ iceServers: [] });
  /** Its tracks, as they come. */
  readonly stream = new MediaStream();
  /** Candidates that came before the description they belong to. */
  #held: Candidate[] = [];
  /** Candidates since the last offer. */
  #found = 0;
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;
  /** Of the DTLS certificate: the same in every offer of one connection, another in the next. */
  #fingerprint: string | null = null;

  constructor(options: ViewerLinkOptions) {
    this.#options = options;
    this.#pc.ontrack = ({ track }) => {
      this.stream.addTrack(track);
      track.onended = () => this.#leaveOut([track]);
      options.streamChanged(this.stream);
    };
    this.#pc.onicecandidate = ({ candidate }) => {
      if (options.isWhole) return;
      const { connection } = options;
      // Plain pages hand what they get to addIceCandidate, and some of them fail at null: the end is not told.
      if (candidate && !isAt(candidate, options.leftOut))
        this.#send({ type: 'ice-candidate', candidate: candidate.toJSON() }, connection);
    };
  }

  get state(): RTCPeerConnectionState {
    return this.#pc.connectionState;
  }

  /** Whether an offer goes on with this connection (ICE restart, another track) or begins another. */
  isOf(offer: Description, connection: string | null): boolean {
    if (connection !== null || this.#options.connection !== null) return connection === this.#options.connection;
    return fingerprintOf(offer.sdp) === this.#fingerprint;
  }

  /** Whether this is the connection that its sharer calls so. */
  isCalled(connection: string): boolean {
    return connection === this.#options.connection;
  }

  /** @param offerNumber given back with the answer; null: the sharer does not number its offers */
  offered(offer: Description, offerNumber: number | null): void {
    this.#fingerprint = fingerprintOf(offer.sdp);
    this.#found = 0;
    this.#then(async () => {
      await this.#pc.setRemoteDescription({
        type: 'offer',
        sdp: withAddresses(offer.sdp, this.#options.fromAddress),
      });
      const held = this.#held;
      this.#held = [];
      for (const candidate of held) await this.#add(candidate);
      await this.#pc.setLocalDescription();
      this.#leaveOut(this.#takenBack());
      if (this.#options.isWhole) await this.#gathered();
      const { localDescription } = this.#pc;
      if (!localDescription || this.#isClosed) return;
      const sdp = withoutAddresses(localDescription.sdp, this.#options.leftOut);
      const answer = { type: 'answer', answer: { type: localDescription.type, sdp } };
      this.#send(offerNumber === null ? answer : { ...answer, offerNumber }, this.#options.connection);
    });
  }

  found(candidate: Candidate): void {
    // Each is tried against each of ours.
    if (this.#found >= SHARING.candidates) return;
    this.#found += 1;
    this.#then(async () => {
      if (this.#pc.remoteDescription) await this.#add(candidate);
      else this.#held.push(candidate);
    });
  }

  async sample(nowMs: number): Promise<Sample | null> {
    if (this.#isClosed) return null;
    const report = await this.#pc.getStats();
    const entries: StatsEntry[] = [];
    report.forEach((entry: StatsEntry) => {
      entries.push(entry);
    });
    return toSample(entries, nowMs);
  }

  close(): void {
    this.#isClosed = true;
    this.#pc.ontrack = null;
    this.#pc.onicecandidate = null;
    this.#pc.close();
  }

  /** Tracks that the sharer sends no more: a video shows the last picture of such a one though another has come. */
  #takenBack(): readonly MediaStreamTrack[] {
    const coming = this.#pc
      .getTransceivers()
      .filter(({ currentDirection }) => currentDirection === 'recvonly' || currentDirection === 'sendrecv')
      .map(({ receiver }) => receiver.track);
    return this.stream.getTracks().filter((track) => !coming.includes(track));
  }

  #leaveOut(tracks: readonly MediaStreamTrack[]): void {
    if (tracks.length === 0 || this.#isClosed) return;
    for (const track of tracks) this.stream.removeTrack(track);
    this.#options.streamChanged(this.stream);
  }

  #send(message: object, connection: string | null): void {
    this.#options.send(connection === null ? message : { ...message, connection });
  }

  #then(step: () => Promise<void>): void {
    this.#work = this.#work.then(step).catch((error: unknown) => {
      if (this.#isClosed) return;
      console.warn('A sharer sent what does not fit.', error);
      if (!this.#pc.remoteDescription) this.#options.refused();
    });
  }

  async #add(candidate: Candidate): Promise<void> {
    // One that this browser does not understand is no reason to leave out the others.
    await this.#pc.addIceCandidate(withAddress(candidate, this.#options.fromAddress)).catch(() => undefined);
  }

  #gathered(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#pc.onicegatheringstatechange = null;
        resolve();
      };
      const timer = setTimeout(done, GATHER_MS);
      this.#pc.onicegatheringstatechange = () => this.#pc.iceGatheringState === 'complete' && done();
      if (this.#pc.iceGatheringState === 'complete') done();
    });
  }
}

function fingerprintOf(sdp: string): string | null {
  return /^a=fingerprint:(.*)$/m.exec(sdp)?.[1]?.trim() ?? null;
}
