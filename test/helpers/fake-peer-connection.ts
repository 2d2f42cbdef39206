import { vi } from 'vitest';

/** A track as far as this side looks at it. */
export class FakeTrack {
  readonly kind: 'audio' | 'video';
  readyState: 'live' | 'ended' = 'live';
  onended: (() => void) | null = null;
  contentHint = '';
  constructor(kind: 'audio' | 'video' = 'video') {
    this.kind = kind;
  }
  stop(): void {
    this.readyState = 'ended';
  }
  getSettings(): { width: number; height: number } {
    return { width: 1280, height: 720 };
  }
  applyConstraints = vi.fn(() => Promise.resolve());
}

export class FakeStream {
  #tracks: FakeTrack[];
  constructor(tracks: readonly FakeTrack[] = []) {
    this.#tracks = [...tracks];
  }
  getTracks(): FakeTrack[] {
    return [...this.#tracks];
  }
  getVideoTracks(): FakeTrack[] {
    return this.#tracks.filter(({ kind }) => kind === 'video');
  }
  getAudioTracks(): FakeTrack[] {
    return this.#tracks.filter(({ kind }) => kind === 'audio');
  }
  addTrack(track: FakeTrack): void {
    this.#tracks.push(track);
  }
  removeTrack(track: FakeTrack): void {
    this.#tracks = this.#tracks.filter((one) => one !== track);
  }
}

interface Sent {
  type: 'offer' | 'answer';
  sdp: string;
}

class FakeSender {
  track: FakeTrack | null;
  readonly encodings = [{ active: true }];
  constructor(track: FakeTrack) {
    this.track = track;
  }
  getParameters(): { encodings: object[] } {
    return { encodings: this.encodings };
  }
  setParameters(): Promise<void> {
    return Promise.resolve();
  }
  replaceTrack(track: FakeTrack): Promise<void> {
    this.track = track;
    return Promise.resolve();
  }
}

/** RTCPeerConnection without a network: what is asked of it is kept, what it says the test decides. */
export class FakePeerConnection {
  /** All since `install`. */
  static made: FakePeerConnection[] = [];
  connectionState: RTCPeerConnectionState = 'new';
  signalingState: RTCSignalingState = 'stable';
  iceGatheringState: RTCIceGatheringState = 'new';
  localDescription: Sent | null = null;
  remoteDescription: Sent | null = null;
  ontrack: ((event: { track: FakeTrack }) => void) | null = null;
  onicecandidate: ((event: { candidate: null }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  onicegatheringstatechange: (() => void) | null = null;
  readonly added: object[] = [];
  readonly senders: FakeSender[] = [];
  readonly transceivers: { currentDirection: string; receiver: { track: FakeTrack } }[] = [];
  readonly offers: string[] = [];
  restarts = 0;
  /** What `getStats` waits for. */
  counted: Promise<void> = Promise.resolve();
  frames = 0;
  #offers = 0;

  constructor() {
    FakePeerConnection.made.push(this);
  }

  addTrack(track: FakeTrack): void {
    this.senders.push(new FakeSender(track));
  }
  getSenders(): FakeSender[] {
    return this.senders;
  }
  getTransceivers(): FakePeerConnection['transceivers'] {
    return this.transceivers;
  }
  setRemoteDescription(description: Sent): Promise<void> {
    if (!description.sdp.startsWith('v=0')) return Promise.reject(new Error('no SDP'));
    this.remoteDescription = description;
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
    if (description.type === 'offer') this.offers.push(description.sdp);
    return Promise.resolve();
  }
  setLocalDescription(): Promise<void> {
    const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
    this.#offers += 1;
    this.localDescription = { type, sdp: `v=0 ${type} ${this.#offers}` };
    this.signalingState = type === 'answer' ? 'stable' : 'have-local-offer';
    return Promise.resolve();
  }
  addIceCandidate(candidate: object): Promise<void> {
    this.added.push(candidate);
    return Promise.resolve();
  }
  restartIce(): void {
    this.restarts += 1;
  }
  async getStats(): Promise<object[]> {
    await this.counted;
    this.frames += 1;
    return [{ type: 'inbound-rtp', kind: 'video', framesDecoded: this.frames }];
  }
  close(): void {
    this.connectionState = 'closed';
  }

  /** The test's: the connection is now so. */
  becomes(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  /** The test's: a track comes, and goes on coming. */
  brings(track: FakeTrack): void {
    this.transceivers.push({ currentDirection: 'recvonly', receiver: { track } });
    this.ontrack?.({ track });
  }

  static install(): void {
    FakePeerConnection.made = [];
    vi.stubGlobal('RTCPeerConnection', FakePeerConnection);
    vi.stubGlobal('MediaStream', FakeStream);
  }

  static get newest(): FakePeerConnection {
    const newest = FakePeerConnection.made.at(-1);
    if (!newest) throw new Error('There is no connection.');
    return newest;
  }
}

/** Lets everything that is waiting in promises happen. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};
