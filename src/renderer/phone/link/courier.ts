import type { JsonObject } from '../../../common/model/frame';
import type { Handshake, HubToPhone, Welcome } from '../../../common/wire/ingest';
import type { Credentials } from '../identity/credentials';
import { KnownHub } from '../identity/known-hub';
import type { QueuedRow } from '../queue/batches';
import type { FrameQueue } from '../queue/frame-queue';
import { usePhone } from '../stores/phone-store';
import { Delivery } from './delivery';
import { makeHubLink } from './hub-link';
import { keepPinging } from './keep-pinging';
import type { Link } from './link';
import { Outbox } from './outbox';
import { toText } from './parcel';
import { toPhoneStatus } from './phone-status';
import { postMessage } from './post-message';
import { StatusReporter } from './status-reporter';
import { Unkept } from './unkept';
import type { Dial } from './wire';

export const CLIENT = 'perch-phone';
export const VERSION = '1';

export interface CourierListener {
  /** By that hub, at an address that may not be the one this page came from. */
  welcomed(hubId: string): void;
  received(message: HubToPhone): void;
  /** A person's word is on the hub's disk. */
  wordStored(word: QueuedRow): void;
  /** The same of one that this phone could not keep. */
  unkeptStored(word: JsonObject): void;
}

const KNOCK_MS = 6_000;

/** Carries what is in the queue to the hub, shows how far it is, and hangs up once nothing is left to carry. */
export class Courier {
  readonly link: Link;
  readonly outbox: Outbox;
  readonly unkept: Unkept;
  readonly #queue: FrameQueue;
  readonly #credentials: Credentials;
  readonly #delivery: Delivery;
  readonly #status: StatusReporter;
  readonly #listener: CourierListener;
  #hubOrigin = location.origin;

  constructor(queue: FrameQueue, credentials: Credentials, listener: CourierListener) {
    this.#queue = queue;
    this.#credentials = credentials;
    this.#listener = listener;
    this.link = makeHubLink({
      credentials,
      hub: new KnownHub(localStorage),
      joined: location.origin,
      describe,
      welcomed: (welcome, dial) => this.#welcomed(welcome, dial),
    });
    this.link.listen({
      stateChanged: (state) => {
        usePhone.setState({ link: state, held: null });
        if (state.kind === 'connected') usePhone.setState({ kickReason: null, kickCode: null });
        else usePhone.setState({ transport: null });
        if (state.kind === 'closed') void this.#knock();
      },
      received: (message) => listener.received(message),
      lost: () => undefined,
    });
    this.#delivery = this.#makeDelivery();
    this.outbox = new Outbox(this.link, () => this.hangUpWhenDone());
    this.unkept = new Unkept(this.link, (word) => {
      listener.unkeptStored(word);
      this.hangUpWhenDone();
    });
    keepPinging(this.link, (measure) => usePhone.setState(measure ?? { roundTripMs: null, clockAheadMs: null }));
    this.#status = new StatusReporter(this.link, () => toPhoneStatus(usePhone.getState(), document.visibilityState));
  }

  /** Where the hub was last reached: it may have moved since this page was loaded. */
  get hubOrigin(): string {
    return this.#hubOrigin;
  }

  /** Goes on with what an earlier page load left. */
  open(): void {
    this.showCounts();
    usePhone.subscribe(() => this.#status.changed());
    document.addEventListener('visibilitychange', () => {
      // Now or never: a hidden page is soon stopped.
      if (document.visibilityState === 'hidden') this.#status.tell();
      else this.link.refresh();
    });
    window.addEventListener('pageshow', () => this.link.refresh());
    if (this.#queue.counts.waiting > 0) this.link.start();
  }

  /** One more waits. */
  kept(): void {
    this.changed();
    // The last frame may reach the disk after Stop found nothing waiting and hung up.
    this.connect();
  }

  /** One more word waits: a closed link opens for it only by a tap, and the hub hears of a call for help all the same. */
  wordKept(): void {
    this.kept();
    if (this.link.state.kind === 'closed') void this.#knock();
  }

  /** Something else waits than before. */
  changed(): void {
    this.showCounts();
    this.#delivery.wake();
  }

  /** For what came up after the link was hung up; out of a closed state only a tap leads. */
  connect(): void {
    if (this.link.state.kind === 'off') this.link.start();
  }

  /** Out of a closed state too: a person pressed something that is to reach the hub. */
  press(): void {
    this.link.start();
  }

  /** A hub that keeps this phone out still hears that it calls for help: by a request, once for each time it says no. */
  async #knock(): Promise<void> {
    try {
      const sos = await this.#queue.peekSos();
      if (!sos) return;
      const { deviceId } = this.#credentials;
      const sender = { deviceId, token: () => this.#credentials.token };
      await postMessage(this.#hubOrigin, sender, toText({ kind: 'word', word: sos }), AbortSignal.timeout(KNOCK_MS));
    } catch {
      // It stays in the queue, whatever became of it.
    }
  }

  hangUpWhenDone(): void {
    const isDone = this.#queue.counts.waiting === 0 && this.outbox.isEmpty && this.unkept.isEmpty;
    if (!isDone || usePhone.getState().stage === 'streaming') return;
    // The last the hub hears of this phone is that nothing waits on it.
    this.#status.tell();
    this.link.stop();
  }

  showCounts(): void {
    const { counts, capBytes } = this.#queue;
    const { dropped, media: waitingMedia, bytes: storageBytes } = counts;
    usePhone.setState({ counts, dropped, waitingMedia, storageBytes, storageCapBytes: capBytes });
  }

  #makeDelivery(): Delivery {
    return new Delivery(this.#queue, this.link, {
      settled: (stored) => {
        if (stored > 0) usePhone.setState({ storedAtMs: Date.now() });
        this.showCounts();
      },
      refused: (_count, refusal) => {
        usePhone.setState({ refusal });
        this.showCounts();
      },
      wordStored: (word) => this.#listener.wordStored(word),
      approval: (approval) => usePhone.setState({ approval }),
      held: (held) => usePhone.setState({ held }),
      drained: () => this.hangUpWhenDone(),
      failed: () => usePhone.setState({ trouble: 'storage-full' }),
    });
  }

  #welcomed({ state, hubId }: Welcome, { origin, rung }: Dial): void {
    const { protocol, host } = new URL(origin);
    this.#hubOrigin = origin;
    const socket = protocol === 'https:' ? 'wss' : 'ws';
    const transport = rung === 'http' ? 'https' : socket;
    usePhone.setState({ everConnected: true, approval: state, transport, hubAddress: host });
    this.#queue.meet(hubId).then(
      () => this.changed(),
      () => usePhone.setState({ trouble: 'storage-full' }),
    );
    if (state === 'active') this.#delivery.resume();
    this.#listener.welcomed(hubId);
  }
}

/** Who carries; who it is to the hub comes from the credentials. */
function describe(): Pick<Handshake, 'client' | 'version' | 'username' | 'colour'> {
  const { name, colour } = usePhone.getState();
  return {
    client: CLIENT,
    version: VERSION,
    ...(name ? { username: name } : {}),
    ...(colour === null ? {} : { colour }),
  };
}
