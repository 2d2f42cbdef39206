import type { ShareKind } from '../../../common/model/share';
import type { PeerMessage } from '../../../common/wire/sharing';
import { fetchJoinInfo } from '../identity/join-info';
import { usePhoneShare } from '../stores/share-store';
import { Audience } from './audience';
import { type Captured, captureCamera, captureScreen, type Facing, fitCapture, hasTorch, setTorch } from './capture';
import { largestWish } from './send-limits';
import { SignalingSocket } from './signaling-socket';
import { Snapshots } from './snapshots';

/** What the share needs to know of the phone. */
export interface ShareOwner {
  /** Of the address under which the hub is reached just now. */
  hubOrigin(): string;
  /** The key it shows; undefined without one. */
  token(): string | undefined;
  name(): string;
  /** Whether this phone gets messages through, but no socket: its browser does not trust the hub. */
  hasNoSocket(): boolean;
}

/** http: becomes ws:, https: wss:. */
const toSignalingUrl = (origin: string): string => `${origin.replace(/^http/, 'ws')}/signaling`;

interface Running {
  readonly what: ShareKind;
  stream: MediaStream;
  facing: Facing;
  readonly socket: SignalingSocket;
  readonly audience: Audience;
  readonly snapshots: Snapshots;
  readonly video: HTMLVideoElement;
  readonly timer: ReturnType<typeof setInterval>;
}

/** One share at a time: captured, offered to every operator who watches, and ended with one call. */
export class ShareSession {
  readonly #owner: ShareOwner;
  #running: Running | null = null;
  /** Cameras open and close one after the other, whatever is tapped. */
  #isSwitching = false;
  /** The key of the last hello. */
  #saidKey: string | undefined;

  constructor(owner: ShareOwner) {
    this.#owner = owner;
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#running?.socket.refresh();
    });
    // A page that goes away for good says so; one that is only frozen comes back.
    window.addEventListener('pagehide', ({ persisted }) => !persisted && this.stop());
  }

  /**
   * The hub has welcomed this phone anew: what cut that link off has most likely cut off the share's, which may look open all
   * the same. And a share that began before with the join key was nobody's.
   */
  welcomed(): void {
    if (!this.#running) return;
    if (this.#saidKey === this.#owner.token()) this.#running.socket.refresh();
    else this.#running.socket.renew();
  }

  /** Asks the person what to share. */
  choose(): void {
    if (this.#running) return;
    usePhoneShare.setState({ share: { kind: 'choosing' }, trouble: null });
    void fetchJoinInfo().then((info) => usePhoneShare.setState({ ownAddress: info?.yourAddress ?? null }));
  }

  cancel(): void {
    if (!this.#running) usePhoneShare.setState({ share: { kind: 'off' }, trouble: null });
  }

  /** Inside the tap. */
  async startScreen(): Promise<void> {
    await this.#start('screen', 'environment', captureScreen());
  }

  /** Inside the tap. */
  async startCamera(facing: Facing, withSound: boolean): Promise<void> {
    await this.#start('camera', facing, captureCamera(facing, withSound));
  }

  /** The other camera; the viewers see it without a break. A second tap meanwhile changes nothing. */
  async switchCamera(): Promise<void> {
    const running = this.#running;
    if (running?.what !== 'camera' || this.#isSwitching) return;
    this.#isSwitching = true;
    try {
      await this.#switchCamera(running);
    } finally {
      this.#isSwitching = false;
    }
  }

  async #switchCamera(running: Running): Promise<void> {
    const facing: Facing = running.facing === 'user' ? 'environment' : 'user';
    // Most phones open one camera at a time; the sound goes on.
    for (const track of running.stream.getVideoTracks()) track.stop();
    let captured = await captureCamera(facing, false);
    if (this.#running !== running) return stopStream(captured);
    if (captured.kind === 'captured') running.facing = facing;
    else captured = await captureCamera(running.facing, false);
    if (this.#running !== running) return stopStream(captured);
    if (captured.kind !== 'captured') return this.stop();
    for (const track of running.stream.getAudioTracks()) captured.stream.addTrack(track);
    running.stream = captured.stream;
    this.#watchEnd(running);
    running.video.srcObject = captured.stream;
    running.audience.replace(captured.stream);
    this.#showLive(running, 'off');
  }

  async switchTorch(): Promise<void> {
    const running = this.#running;
    const { share } = usePhoneShare.getState();
    if (!running || share.kind !== 'live' || share.torch === 'none') return;
    const isOn = share.torch === 'off';
    if (await setTorch(running.stream, isOn)) this.#showLive(running, isOn ? 'on' : 'off');
  }

  /** Ends it at once: nothing is captured any more, and the viewers are told. */
  stop(): void {
    const running = this.#running;
    this.#running = null;
    usePhoneShare.setState({ share: { kind: 'off' }, watchers: 0 });
    if (!running) return;
    clearInterval(running.timer);
    running.snapshots.stop();
    running.audience.close();
    running.socket.close();
    running.video.srcObject = null;
    for (const track of running.stream.getTracks()) track.stop();
  }

  async #start(what: ShareKind, facing: Facing, asking: Promise<Captured>): Promise<void> {
    this.stop();
    usePhoneShare.setState({ share: { kind: 'starting' }, trouble: null });
    const captured = await asking;
    // Stopped while the browser asked.
    if (usePhoneShare.getState().share.kind !== 'starting') return stopStream(captured);
    if (captured.kind !== 'captured') {
      const trouble = captured.kind === 'failed' ? captured.why : null;
      usePhoneShare.setState({ share: { kind: 'choosing' }, trouble });
      return;
    }
    this.#running = this.#run(what, facing, captured.stream);
    this.#watchEnd(this.#running);
    this.#showLive(this.#running, 'off');
  }

  #run(what: ShareKind, facing: Facing, stream: MediaStream): Running {
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.srcObject = stream;
    void video.play().catch(() => undefined);
    usePhoneShare.setState({ link: 'connecting', watchers: 0 });
    const socket = new SignalingSocket({
      url: () => toSignalingUrl(this.#owner.hubOrigin()),
      hello: () => {
        this.#saidKey = this.#owner.token();
        return { type: 'hello', role: 'sharer', name: this.#owner.name(), kind: what, token: this.#saidKey };
      },
      received: (message) => this.#received(message),
      lost: (failures) => {
        audience.lost();
        const isBlocked = failures >= 2 && this.#owner.hasNoSocket();
        usePhoneShare.setState({ link: isBlocked ? 'blocked' : 'connecting' });
      },
      refused: () => {
        this.stop();
        usePhoneShare.setState({ link: 'refused', share: { kind: 'choosing' }, trouble: 'hub-refused' });
      },
    });
    const audience = new Audience({
      kind: what,
      stream: () => this.#running?.stream ?? stream,
      send: (message) => socket.send(message),
      sourceSize: () => sizeOf(this.#running?.stream ?? stream, video),
      changed: () => this.#audienceChanged(),
      sentAway: () => {
        this.stop();
        usePhoneShare.setState({ share: { kind: 'choosing' }, trouble: 'operator-ended' });
      },
    });
    // A phone that is turned, a window that is resized: the scale is of the new height.
    video.addEventListener('resize', () => audience.limit());
    const snapshots = new Snapshots({
      video,
      isWanted: () => audience.snapshotPeers.length > 0,
      unsentBytes: () => socket.bufferedBytes,
      taken: (jpeg) => {
        for (const to of audience.snapshotPeers) socket.send({ type: 'snapshot', to, at: Date.now(), jpeg });
      },
    });
    const timer = setInterval(() => {
      socket.tick();
      audience.tick();
      usePhoneShare.setState({ watchers: audience.watchers });
    }, 1_000);
    return { what, facing, stream, video, socket, audience, snapshots, timer };
  }

  #received(message: PeerMessage): void {
    if (message.type === 'connected') usePhoneShare.setState({ link: 'online' });
    this.#running?.audience.received(message);
  }

  #audienceChanged(): void {
    const running = this.#running;
    if (!running) return;
    const { height, fps } = largestWish(running.audience.wishes);
    fitCapture(running.stream, running.what, height, fps);
    void running.snapshots.take();
    usePhoneShare.setState({ watchers: running.audience.watchers });
  }

  /** The person ended it from the browser's own bar, or the phone took the camera away. */
  #watchEnd(running: Running): void {
    for (const track of running.stream.getVideoTracks()) {
      track.onended = () => {
        if (this.#running === running && running.stream.getVideoTracks().includes(track)) this.stop();
      };
    }
  }

  #showLive(running: Running, torch: 'off' | 'on'): void {
    const { what, stream, facing } = running;
    usePhoneShare.setState({
      share: {
        kind: 'live',
        what,
        stream,
        facing,
        torch: what === 'camera' && hasTorch(stream) ? torch : 'none',
        hasSound: stream.getAudioTracks().length > 0,
      },
    });
  }
}

/** As it comes from the source; before the first frame as the browser tells it. */
function sizeOf(stream: MediaStream, video: HTMLVideoElement): { width: number; height: number } {
  if (video.videoHeight > 0) return { width: video.videoWidth, height: video.videoHeight };
  const { width = 0, height = 0 } = stream.getVideoTracks()[0]?.getSettings() ?? {};
  return { width, height };
}

function stopStream(captured: Captured): void {
  if (captured.kind === 'captured') for (const track of captured.stream.getTracks()) track.stop();
}
