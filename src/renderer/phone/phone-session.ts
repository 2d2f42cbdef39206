import type { JsonObject } from '../../common/model/frame';
import { toPhotoDataUrl } from './capture/photo';
import { Recorder } from './capture/recorder';
import { Credentials } from './identity/credentials';
import { keepPersonName, readPersonName } from './identity/person-name';
import { randomId } from './identity/random-id';
import { Delivery } from './link/delivery';
import { keepPinging } from './link/keep-pinging';
import { Link } from './link/link';
import { Outbox } from './link/outbox';
import { toPhoneStatus } from './link/phone-status';
import { StatusReporter } from './link/status-reporter';
import { Attention } from './operator/attention';
import { OperatorLine } from './operator/operator-line';
import { FrameQueue } from './queue/frame-queue';
import { clearSensors, showSensor, usePhone } from './stores/phone-store';

/** Between two frames at the least. */
const INTERVAL_MS = 1_000;
const VERSION = '1';

const linkUrl = (): string => `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/pocket-parrot`;

const STORAGE_TROUBLE =
  'This phone keeps no more frames: its storage is full, or this is a private window. Free some space or use a normal window.';

/** Everything of one page load: queue, link, delivery and recorder, put together once. */
export class PhoneSession {
  readonly #credentials: Credentials;
  readonly #queue: FrameQueue;
  readonly #link: Link;
  readonly #delivery: Delivery;
  readonly #recorder: Recorder;
  readonly #outbox: Outbox;
  readonly #line: OperatorLine;
  readonly #status: StatusReporter;
  readonly #attention = new Attention();

  private constructor(queue: FrameQueue, credentials: Credentials) {
    this.#queue = queue;
    this.#credentials = credentials;
    this.#link = this.#makeLink();
    this.#delivery = new Delivery(queue, this.#link, {
      settled: (stored) => {
        if (stored > 0) usePhone.setState({ storedAtMs: Date.now() });
        this.#showCounts();
      },
      refused: (_count, message) => {
        usePhone.setState({ refusal: message });
        this.#showCounts();
      },
      gaveUp: (boot, seq) => this.#outbox.post({ type: 'dropped', boot: boot.name, ranges: [[seq, seq]] }),
      held: (message) => usePhone.setState({ held: message }),
      drained: () => this.#hangUpWhenDone(),
      failed: () => usePhone.setState({ trouble: STORAGE_TROUBLE }),
    });
    this.#recorder = new Recorder(INTERVAL_MS, {
      captured: (frame, capturedAtMs) => this.#capture(frame, capturedAtMs),
      read: (readings) => usePhone.setState({ readings }),
      sensorChanged: showSensor,
    });
    this.#outbox = new Outbox(this.#link, randomId(), () => this.#hangUpWhenDone());
    this.#line = new OperatorLine(this.#link, this.#outbox, {
      showed: (notices) => usePhone.setState({ notices }),
      called: () => this.#attention.call(),
      located: () => this.#recorder.locate(),
      kicked: (kickReason) => usePhone.setState({ kickReason }),
    });
    keepPinging(this.#link, (roundTripMs) => usePhone.setState({ roundTripMs }));
    this.#status = new StatusReporter(this.#link, () => toPhoneStatus(usePhone.getState(), document.visibilityState));
  }

  /** Opens the queue and goes on delivering what an earlier page load left. Rejects where nothing can be kept. */
  static async open(joinKey: string | null): Promise<PhoneSession> {
    const queue = await FrameQueue.open({ name: randomId(), openedAtMs: Date.now() });
    const session = new PhoneSession(queue, new Credentials(localStorage, joinKey));
    usePhone.setState({ counts: queue.counts, name: readPersonName(localStorage) });
    usePhone.subscribe(() => session.#status.changed());
    session.#watchPage();
    if (queue.counts.waiting > 0) session.#link.start();
    return session;
  }

  get hasKey(): boolean {
    return this.#credentials.hasKey;
  }

  /** Inside the tap of the person who agrees to send. */
  start(name: string): void {
    this.#recorder.start();
    this.#attention.allow();
    keepPersonName(localStorage, name);
    usePhone.setState({ stage: 'streaming', name, photo: 'none', trouble: null });
    // A persistent origin is not the first to go when the phone runs short of space; a no changes nothing.
    void globalThis.navigator.storage?.persist?.();
    this.#link.start();
  }

  /** Ends the sensors at once; what waits is still delivered. */
  stop(): void {
    this.#recorder.stop();
    clearSensors();
    usePhone.setState({ stage: 'stopped' });
    this.#hangUpWhenDone();
  }

  /** After a final close: the person wants this phone here again. */
  reconnect(): void {
    this.#link.start();
  }

  /** The person pressed OK below a message of the operator. */
  read(id: string): void {
    this.#line.read(id);
    this.#connect();
  }

  /** The person answers a request of the operator. */
  reply(id: string, answer: string): void {
    this.#line.reply(id, answer);
    this.#connect();
  }

  async addPhoto(file: Blob): Promise<void> {
    usePhone.setState({ photo: 'working' });
    try {
      const photo = await toPhotoDataUrl(file);
      if (usePhone.getState().stage !== 'streaming') return;
      this.#recorder.addPhoto(photo);
      this.#line.photoTaken();
      usePhone.setState({ photo: 'kept' });
    } catch {
      usePhone.setState({ photo: 'failed' });
    }
  }

  #makeLink(): Link {
    const credentials = this.#credentials;
    const link = new Link({
      url: linkUrl(),
      handshake: () => ({
        type: 'handshake',
        client: 'perch-phone',
        version: VERSION,
        timestamp: new Date().toISOString(),
        deviceId: credentials.deviceId,
        ...(usePhone.getState().name ? { username: usePhone.getState().name } : {}),
        ...(credentials.token ? { token: credentials.token } : {}),
        platform: navigator.userAgent,
        protocol: 1,
        ...(credentials.pair ? { pair: true } : {}),
      }),
      welcomed: ({ deviceKey }) => {
        if (deviceKey) credentials.keepDeviceKey(deviceKey);
        usePhone.setState({ everConnected: true });
      },
      keyRefused: () => credentials.fallBack(),
    });
    link.listen({
      stateChanged: (state) => {
        usePhone.setState({ link: state, held: null });
        if (state.kind === 'connected') usePhone.setState({ kickReason: null });
      },
      received: () => undefined,
      lost: () => undefined,
    });
    return link;
  }

  #capture(frame: JsonObject, capturedAtMs: number): void {
    this.#queue.capture(frame, capturedAtMs).then(
      () => {
        this.#showCounts();
        this.#delivery.wake();
        // The last frame may reach the disk after Stop found nothing waiting and hung up.
        this.#connect();
      },
      () => usePhone.setState({ trouble: STORAGE_TROUBLE }),
    );
  }

  /** For what came up after the link was hung up; out of a closed state only a tap leads. */
  #connect(): void {
    if (this.#link.state.kind === 'off') this.#link.start();
  }

  #hangUpWhenDone(): void {
    const isDone = this.#queue.counts.waiting === 0 && this.#outbox.isEmpty;
    if (!isDone || usePhone.getState().stage === 'streaming') return;
    // The last the hub hears of this phone is that nothing waits on it.
    this.#status.tell();
    this.#link.stop();
  }

  #showCounts(): void {
    usePhone.setState({ counts: this.#queue.counts });
  }

  #watchPage(): void {
    document.addEventListener('visibilitychange', () => {
      // Now or never: a hidden page is soon stopped.
      if (document.visibilityState === 'hidden') this.#status.tell();
      else this.#link.refresh();
    });
    window.addEventListener('pageshow', () => this.#link.refresh());
  }
}
