import type { JsonObject } from '../../common/model/frame';
import { AudioNotes } from './capture/audio-note';
import { toPhotoDataUrl } from './capture/photo';
import { INTERVAL_MS, ProfileKeeper } from './capture/profile-keeper';
import type { Place } from './capture/readings';
import { Recorder } from './capture/recorder';
import type { Strain } from './capture/saving';
import { Credentials } from './identity/credentials';
import { KnownHub } from './identity/known-hub';
import { keepPersonColour, readPersonColour } from './identity/person-colour';
import { keepPersonName, readPersonName } from './identity/person-name';
import { randomId } from './identity/random-id';
import { Delivery } from './link/delivery';
import { makeHubLink } from './link/hub-link';
import { keepPinging } from './link/keep-pinging';
import type { Link } from './link/link';
import { Outbox } from './link/outbox';
import { toPhoneStatus } from './link/phone-status';
import { StatusReporter } from './link/status-reporter';
import { Attention } from './operator/attention';
import { ANSWERS, OperatorLine } from './operator/operator-line';
import { Words } from './operator/words';
import { readCapBytes } from './queue/cap';
import { FrameQueue } from './queue/frame-queue';
import { toUnsentFile } from './queue/unsent-file';
import { ShareSession } from './share/share-session';
import { clearSensors, showSensor, usePhone } from './stores/phone-store';

const CLIENT = 'perch-phone';
const VERSION = '1';

/** Until the hub says how long a note may be, s. */
const LONGEST_NOTE_S = 60;

export interface Person {
  readonly name: string;
  /** 0 to 9; null: the hub chooses. */
  readonly colour: number | null;
}

/** Everything of one page load: queue, link, delivery and recorder, put together once. */
export class PhoneSession {
  readonly #credentials: Credentials;
  readonly #queue: FrameQueue;
  readonly #link: Link;
  readonly #delivery: Delivery;
  readonly #recorder: Recorder;
  readonly #outbox: Outbox;
  readonly #line: OperatorLine;
  readonly #words: Words;
  readonly #profile: ProfileKeeper;
  readonly #status: StatusReporter;
  readonly #attention = new Attention();
  readonly #notes = new AudioNotes({
    changed: (audio) => usePhone.setState({ audio }),
    recorded: (audioBase64, startedAtMs) => this.#recorder.add({ audioBase64 }, startedAtMs),
  });
  /** Where the hub was last reached: it may have moved since this page was loaded. */
  #hubOrigin = location.origin;
  /** Screen or camera, live; beside the sensors. */
  readonly share: ShareSession;

  private constructor(queue: FrameQueue, credentials: Credentials) {
    this.#queue = queue;
    this.#credentials = credentials;
    this.#link = this.#makeLink(new KnownHub(localStorage));
    this.#delivery = new Delivery(queue, this.#link, {
      settled: (stored) => {
        if (stored > 0) usePhone.setState({ storedAtMs: Date.now() });
        this.#showCounts();
      },
      refused: (_count, refusal) => {
        usePhone.setState({ refusal });
        this.#showCounts();
      },
      wordStored: (word) => void this.#words.stored(word),
      approval: (approval) => usePhone.setState({ approval }),
      held: (held) => usePhone.setState({ held }),
      drained: () => this.#hangUpWhenDone(),
      failed: () => usePhone.setState({ trouble: 'storage-full' }),
    });
    this.#recorder = new Recorder(INTERVAL_MS, {
      captured: (frame, capturedAtMs) => this.#capture(frame, capturedAtMs),
      read: (readings) => usePhone.setState({ readings }),
      sensorChanged: showSensor,
    });
    const strain = (): Strain => {
      const { readings, link, roundTripMs, counts } = usePhone.getState();
      const { battery, isCharging } = readings;
      return { battery, isCharging, isConnected: link.kind === 'connected', roundTripMs, waiting: counts.waiting };
    };
    this.#profile = new ProfileKeeper(this.#recorder, strain, (profile) => usePhone.setState(profile));
    this.#words = new Words(queue, localStorage, {
      showed: (state) => usePhone.setState(state),
      kept: () => this.#kept(),
      failed: () => usePhone.setState({ trouble: 'storage-full' }),
    });
    this.#outbox = new Outbox(this.#link, () => this.#hangUpWhenDone());
    const answering = {
      read: (to: string) => this.#outbox.read(to),
      reply: (to: string, answer: string) => this.#words.reply(to, answer),
    };
    this.#line = new OperatorLine(this.#link, answering, {
      showed: (notices) => usePhone.setState({ notices }),
      called: () => this.#attention.call(),
      located: () => this.#recorder.locate(),
      kicked: (kickReason) => {
        this.share.stop();
        usePhone.setState({ kickReason });
      },
    });
    keepPinging(this.#link, (roundTripMs) => usePhone.setState({ roundTripMs }));
    this.share = new ShareSession({
      hubOrigin: () => this.#hubOrigin,
      token: () => credentials.token,
      name: () => usePhone.getState().name,
    });
    this.#status = new StatusReporter(this.#link, () => toPhoneStatus(usePhone.getState(), document.visibilityState));
  }

  /** Opens the queue and goes on delivering what an earlier page load left. Rejects where nothing can be kept. */
  static async open(joinKey: string | null): Promise<PhoneSession> {
    const boot = { name: randomId(), openedAtMs: Date.now() };
    const queue = await FrameQueue.open(boot, undefined, await readCapBytes());
    const session = new PhoneSession(queue, new Credentials(localStorage, joinKey));
    usePhone.setState({ name: readPersonName(localStorage), colour: readPersonColour(localStorage) });
    session.#showCounts();
    await session.#words.restore();
    usePhone.subscribe(() => session.#status.changed());
    session.#watchPage();
    if (queue.counts.waiting > 0) session.#link.start();
    return session;
  }

  get hasKey(): boolean {
    return this.#credentials.hasKey;
  }

  /** Inside the tap of the person who agrees to send. */
  start({ name, colour }: Person): void {
    this.#recorder.start();
    this.#attention.allow();
    keepPersonName(localStorage, name);
    keepPersonColour(localStorage, colour);
    usePhone.setState({ stage: 'streaming', name, colour, photo: 'none', trouble: null });
    // A persistent origin is not the first to go when the phone runs short of space; a no changes nothing.
    void globalThis.navigator.storage?.persist?.();
    this.#link.start();
  }

  /** Ends the sensors at once; what waits is still delivered. */
  stop(): void {
    this.#recorder.stop();
    this.share.stop();
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

  /** Resolves with whether there is a microphone to record from. It ends by itself when it is as long as it may be. */
  async startAudio(): Promise<boolean> {
    const { config } = usePhone.getState();
    return this.#notes.start(config?.media.audioSeconds ?? LONGEST_NOTE_S);
  }

  stopAudio(): void {
    this.#notes.stop();
  }

  cancelAudio(): void {
    this.#notes.cancel();
  }

  /** To the operator; at most 2,000 characters, the rest is cut off. */
  sendText(text: string): void {
    this.#words.say('text', text);
  }

  /** All is well; it answers the operator's question, if there is one. */
  checkIn(text: string = ANSWERS.ok): void {
    const asked = usePhone.getState().notices.find(({ kind }) => kind === 'check-in');
    if (asked) this.reply(asked.id, text);
    else this.#words.say('check-in', text);
  }

  /** Calls for help, or says that it is over. Kept until the hub has it. */
  sos(active: boolean, text?: string): void {
    this.#words.sos(active, text);
    // Where help is needed is worth a fresh fix.
    this.#recorder.locate();
  }

  /** Lite mode: where the person says to be. */
  placeAt(place: Place): void {
    this.#recorder.placeAt(place);
  }

  /** Everything the hub has not confirmed, as a file (NDJSON) with the media in it. It stays in the queue. */
  exportUnsent(): Promise<Blob> {
    const { name } = usePhone.getState();
    return toUnsentFile(this.#queue, {
      type: 'handshake',
      client: CLIENT,
      version: VERSION,
      deviceId: this.#credentials.deviceId,
      ...(name ? { username: name } : {}),
    });
  }

  /** Forgets everything the hub has not confirmed, for good; the hub is told which frames those were. */
  async discardUnsent(): Promise<void> {
    await this.#queue.discard();
    this.#delivery.wake();
    this.#showCounts();
  }

  async addPhoto(file: Blob, caption?: string): Promise<void> {
    usePhone.setState({ photo: 'working' });
    try {
      const photo = await toPhotoDataUrl(file, usePhone.getState().config?.media.photoSidePx);
      this.#recorder.add({ photoBase64: photo, ...(caption ? { text: caption } : {}) });
      this.#line.photoTaken();
      usePhone.setState({ photo: 'kept' });
    } catch {
      usePhone.setState({ photo: 'failed' });
    }
  }

  #makeLink(hub: KnownHub): Link {
    const link = makeHubLink({
      credentials: this.#credentials,
      hub,
      joined: location.origin,
      describe: () => {
        const { name, colour } = usePhone.getState();
        return {
          client: CLIENT,
          version: VERSION,
          ...(name ? { username: name } : {}),
          ...(colour === null ? {} : { colour }),
        };
      },
      welcomed: ({ state }, { origin, rung }) => {
        const { protocol, host } = new URL(origin);
        this.#hubOrigin = origin;
        const socket = protocol === 'https:' ? 'wss' : 'ws';
        const transport = rung === 'http' ? 'https' : socket;
        usePhone.setState({ everConnected: true, approval: state, transport, hubAddress: host });
        if (state === 'active') this.#delivery.resume();
        this.share.welcomed();
      },
    });
    link.listen({
      stateChanged: (state) => {
        usePhone.setState({ link: state, held: null });
        if (state.kind === 'connected') usePhone.setState({ kickReason: null });
        else usePhone.setState({ transport: null });
      },
      received: (message) => {
        if (message.type === 'config') this.#profile.obey(message);
      },
      lost: () => undefined,
    });
    return link;
  }

  #capture(frame: JsonObject, capturedAtMs: number): void {
    this.#queue.capture(frame, capturedAtMs).then(
      () => this.#kept(),
      () => usePhone.setState({ trouble: 'storage-full' }),
    );
  }

  /** One more waits. */
  #kept(): void {
    this.#showCounts();
    this.#delivery.wake();
    // The last frame may reach the disk after Stop found nothing waiting and hung up.
    this.#connect();
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
    const { counts, capBytes } = this.#queue;
    const { dropped, media: waitingMedia, bytes: storageBytes } = counts;
    usePhone.setState({ counts, dropped, waitingMedia, storageBytes, storageCapBytes: capBytes });
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
