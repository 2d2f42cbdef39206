import { Capturing } from './capture/capturing';
import type { Place } from './capture/readings';
import { Credentials } from './identity/credentials';
import { keepPersonColour, readPersonColour } from './identity/person-colour';
import { keepPersonName, readPersonName } from './identity/person-name';
import { randomId } from './identity/random-id';
import { CLIENT, Courier, VERSION } from './link/courier';
import { Attention } from './operator/attention';
import { ANSWERS, OperatorLine } from './operator/operator-line';
import { Words } from './operator/words';
import { readCapBytes } from './queue/cap';
import { FrameQueue, type Part } from './queue/frame-queue';
import { toUnsentFile } from './queue/unsent-file';
import { ShareDoor } from './share/share-door';
import { usePhone } from './stores/phone-store';

export interface Person {
  readonly name: string;
  /** 0 to 9; null: the hub chooses. */
  readonly colour: number | null;
}

/** Everything of one page load, put together once: what it captures, what it says, what it shares, and what carries it. */
export class PhoneSession {
  readonly #credentials: Credentials;
  readonly #queue: FrameQueue;
  readonly #courier: Courier;
  readonly #capturing: Capturing;
  readonly #words: Words;
  readonly #line: OperatorLine;
  readonly #attention = new Attention();
  /** Screen or camera, live; beside the sensors. */
  readonly share: ShareDoor;

  private constructor(queue: FrameQueue, credentials: Credentials) {
    this.#queue = queue;
    this.#credentials = credentials;
    this.#courier = new Courier(queue, credentials, {
      welcomed: (hubId) => {
        this.#words.met(hubId);
        this.share.welcomed();
      },
      received: (message) => {
        if (message.type === 'config') this.#capturing.obey(message);
      },
      wordStored: (word) => void this.#words.stored(word),
      unkeptStored: (word) => this.#words.unkeptStored(word),
    });
    this.#capturing = new Capturing(queue, () => this.#courier.kept());
    this.#words = new Words(queue, localStorage, {
      showed: (state) => usePhone.setState(state),
      kept: () => this.#courier.wordKept(),
      unkept: (word) => {
        usePhone.setState({ trouble: 'storage-full' });
        this.#courier.unkept.send(word);
        this.#courier.press();
      },
    });
    this.#line = this.#makeLine();
    this.share = new ShareDoor({
      hubOrigin: () => this.#courier.hubOrigin,
      token: () => credentials.token,
      name: () => usePhone.getState().name,
      hasNoSocket: () => usePhone.getState().transport === 'https',
    });
  }

  #makeLine(): OperatorLine {
    const answering = {
      read: (to: string) => this.#courier.outbox.read(to),
      reply: (to: string, answer: string) => this.#words.reply(to, answer),
    };
    return new OperatorLine(this.#courier.link, answering, {
      showed: (notices) => usePhone.setState({ notices }),
      called: () => this.#attention.call(),
      located: () => this.#capturing.locate(),
      kicked: (kickReason, kickCode) => {
        this.share.stop();
        usePhone.setState({ kickReason, kickCode });
      },
    });
  }

  /**
   * Opens the queue and goes on delivering what an earlier page load left. Rejects where nothing can be kept. `hubId`: the hub
   * that this page came from, as it says; null when it does not answer.
   */
  static async open(joinKey: string | null, hubId: string | null): Promise<PhoneSession> {
    const boot = { name: randomId(), openedAtMs: Date.now() };
    const queue = await FrameQueue.open(boot, undefined, await readCapBytes());
    const session = new PhoneSession(queue, new Credentials(localStorage, joinKey, hubId));
    usePhone.setState({ name: readPersonName(localStorage), colour: readPersonColour(localStorage) });
    await session.#words.restore();
    session.#courier.open();
    return session;
  }

  /** Where the hub was reached last. */
  get hubOrigin(): string {
    return this.#courier.hubOrigin;
  }

  get hasKey(): boolean {
    return this.#credentials.hasKey;
  }

  /** Inside the tap of the person who agrees to send. */
  start({ name, colour }: Person): void {
    this.#capturing.start();
    this.#attention.allow();
    keepPersonName(localStorage, name);
    keepPersonColour(localStorage, colour);
    usePhone.setState({ stage: 'streaming', name, colour, photo: 'none', trouble: null });
    // A persistent origin is not the first to go when the phone runs short of space; a no changes nothing.
    void globalThis.navigator.storage?.persist?.();
    this.#courier.link.start();
  }

  /** Ends the sensors at once; what waits is still delivered. */
  stop(): void {
    this.#capturing.stop();
    this.share.stop();
    usePhone.setState({ stage: 'stopped' });
    this.#courier.hangUpWhenDone();
  }

  /** After a final close: the person wants this phone here again. */
  reconnect(): void {
    this.#courier.press();
  }

  /** The person pressed OK below a message of the operator. */
  read(id: string): void {
    this.#line.read(id);
    this.#courier.press();
  }

  /** The person answers a request of the operator. */
  reply(id: string, answer: string): void {
    this.#line.reply(id, answer);
    this.#courier.press();
  }

  /** Resolves with whether there is a microphone to record from. It ends by itself when it is as long as it may be. */
  startAudio(): Promise<boolean> {
    return this.#capturing.startAudio();
  }

  stopAudio(): void {
    this.#capturing.stopAudio();
  }

  cancelAudio(): void {
    this.#capturing.cancelAudio();
  }

  async addPhoto(file: Blob, caption?: string): Promise<void> {
    if (await this.#capturing.addPhoto(file, caption)) this.#line.photoTaken();
  }

  /** To the operator; at most 2,000 characters, the rest is cut off. */
  sendText(text: string): void {
    this.#words.say('text', text);
    this.#courier.press();
  }

  /** All is well; it answers the operator's question, if there is one. */
  checkIn(text: string = ANSWERS.ok): void {
    const asked = usePhone.getState().notices.find(({ kind }) => kind === 'check-in');
    if (asked) this.reply(asked.id, text);
    else {
      this.#words.say('check-in', text);
      this.#courier.press();
    }
  }

  /** Calls for help, or says that it is over. Kept until the hub has it; tried at once, also where the hub said no before. */
  sos(active: boolean, text?: string): void {
    this.#words.sos(active, text);
    this.#courier.press();
    // Where help is needed is worth a fresh fix.
    this.#capturing.locate();
  }

  /** Lite mode: where the person says to be. */
  placeAt(place: Place): void {
    this.#capturing.placeAt(place);
  }

  /** Everything the hub has not confirmed, as a file (NDJSON) with the media in it. It stays in the queue. */
  exportUnsent(part: Part): Promise<Blob> {
    const { name } = usePhone.getState();
    return toUnsentFile(this.#queue, part, {
      type: 'handshake',
      client: CLIENT,
      version: VERSION,
      deviceId: this.#credentials.deviceId,
      ...(name ? { username: name } : {}),
    });
  }

  /** Forgets everything the hub has not confirmed, for good; the hub is told which frames those were. */
  async discardUnsent(part: Part): Promise<void> {
    await this.#queue.discard(part);
    this.#courier.changed();
  }
}
