import type { Admission, ConnectionInfo, DeviceDirectory, SenderObserver } from './ports';

interface PresenceOptions {
  readonly directory: Pick<DeviceDirectory, 'release'>;
  readonly observer: SenderObserver;
  readonly clock: { now(): number };
}

/** Where a request came from. */
export interface AppOrigin {
  readonly address: string;
  readonly localAddress: string | null;
  /** The app, as the log names it. */
  readonly client: string;
}

/** One app on one phone: for the hub a connection, although it only ever sends requests. */
interface Sender extends ConnectionInfo {
  readonly admission: Admission;
  frames: number;
  lastAtMs: number;
  timer: NodeJS.Timeout;
}

/** How long a sender counts as online after a request: twice its last interval, within these bounds; at first the longest. */
const SHORTEST_MS = 60_000;
const LONGEST_MS = 5 * 60_000;

/** Two apps on one phone, known by one device key, come and go apart. */
const toName = (client: string, deviceId: string): string => `${client} ${deviceId}`;

/** Apps have no socket that closes: who sent lately is online, who stopped goes offline. */
export class AppPresence {
  readonly #options: PresenceOptions;
  readonly #senders = new Map<string, Sender>();

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  /** Whether this app of that device counts as online. */
  knows(client: string, deviceId: string): boolean {
    return this.#senders.has(toName(client, deviceId));
  }

  /** A request of an admitted device stored frames. Takes the admission over: it is released here. */
  sent(admission: Admission, origin: AppOrigin, frames: number): void {
    const { clock, directory } = this.#options;
    const nowMs = clock.now();
    const name = toName(origin.client, admission.deviceId);
    const known = this.#senders.get(name);
    if (known) {
      const windowMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, 2 * (nowMs - known.lastAtMs)));
      clearTimeout(known.timer);
      known.timer = this.#leaveAfter(name, windowMs);
      known.lastAtMs = nowMs;
      known.frames += frames;
      directory.release(admission.deviceId);
      return;
    }
    const timer = this.#leaveAfter(name, LONGEST_MS);
    const sender: Sender = { ...origin, connectedAtMs: nowMs, admission, frames, lastAtMs: nowMs, timer };
    this.#senders.set(name, sender);
    this.#options.observer.connected(sender);
    this.#options.observer.admitted(sender);
    this.#options.observer.handshaken(sender, origin.client);
  }

  /** Everybody is gone: the hub stops. */
  stop(): void {
    for (const name of [...this.#senders.keys()]) this.#leave(name);
  }

  #leaveAfter(name: string, windowMs: number): NodeJS.Timeout {
    const timer = setTimeout(() => this.#leave(name), windowMs);
    timer.unref();
    return timer;
  }

  #leave(name: string): void {
    const sender = this.#senders.get(name);
    if (!sender) return;
    clearTimeout(sender.timer);
    this.#senders.delete(name);
    this.#options.directory.release(sender.admission.deviceId);
    this.#options.observer.disconnected(sender);
  }
}
