import type { Handshake, HubToPhone, Welcome } from '../../../common/wire/ingest';
import { parseHubMessage } from '../../../common/wire/phone-messages';
import { backOffMs } from './back-off';
import { type LinkState, toClosedReason } from './link-state';

export interface LinkOptions {
  /** ws: or wss:, without a key: that goes in the handshake. */
  readonly url: string;
  /** Asked anew for every socket. */
  handshake(): Handshake;
  welcomed(welcome: Welcome): void;
  /** The hub refused the key before a welcome: true to try again at once, with another one. */
  keyRefused(): boolean;
  /** Until the welcome; a socket on bad radio may stay half open for minutes. Default 6,000 ms. */
  readonly connectTimeoutMs?: number;
  /** Default {@link backOffMs}. */
  readonly backOff?: (attempt: number) => number;
}

export interface LinkListener {
  stateChanged(state: LinkState): void;
  /** Everything but the welcome, in order, of the present socket only. */
  received(message: HubToPhone): void;
  /** The socket that was connected is gone. `code` is null when this side gave it up. */
  lost(code: number | null): void;
}

const CONNECT_TIMEOUT_MS = 6_000;
/** pageshow and visibilitychange come together: a socket this young is fresh enough. */
const FRESH_MS = 1_000;

/** One socket to the hub at a time, kept up for as long as it is wanted. */
export class Link {
  readonly #options: LinkOptions;
  readonly #listeners = new Set<LinkListener>();
  #state: LinkState = { kind: 'off' };
  #socket: WebSocket | null = null;
  #openedAtMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Failures since the last welcome. */
  #attempt = 0;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  get state(): LinkState {
    return this.#state;
  }

  listen(listener: LinkListener): void {
    this.#listeners.add(listener);
  }

  /** Connects, also out of a closed state: a person asked for it. Nothing happens while it is at work. */
  start(): void {
    if (this.#state.kind !== 'off' && this.#state.kind !== 'closed') return;
    this.#attempt = 0;
    this.#open();
  }

  stop(): void {
    this.#drop(null);
    this.#enter({ kind: 'off' });
  }

  /** A fresh socket now. iOS leaves sockets that look open and are dead after the page was in the background. */
  refresh(): void {
    if (this.#state.kind === 'off' || this.#state.kind === 'closed') return;
    if (this.#socket && Date.now() - this.#openedAtMs < FRESH_MS) return;
    this.#open();
  }

  /** False when not connected: nothing is buffered here, the queue is the buffer. */
  send(text: string): boolean {
    if (this.#state.kind !== 'connected' || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  /** Gives up the present socket and tries again after the back-off. */
  fail(): void {
    if (this.#state.kind === 'connected' || this.#state.kind === 'connecting') this.#retry(null);
  }

  #open(): void {
    this.#drop(null);
    this.#enter({ kind: 'connecting', attempt: this.#attempt });
    this.#openedAtMs = Date.now();
    const socket = new WebSocket(this.#options.url);
    this.#socket = socket;
    this.#timer = setTimeout(() => this.#retry(null), this.#options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS);
    socket.onopen = () => socket.send(JSON.stringify(this.#options.handshake()));
    socket.onmessage = (event: MessageEvent<unknown>) => {
      const message = typeof event.data === 'string' ? parseHubMessage(event.data) : null;
      if (message) this.#receive(message);
    };
    socket.onclose = (event) => this.#closed(event.code);
  }

  #receive(message: HubToPhone): void {
    if (message.type === 'welcome') {
      clearTimeout(this.#timer);
      this.#attempt = 0;
      this.#options.welcomed(message);
      this.#enter({ kind: 'connected' });
    } else if (message.type === 'server_shutdown') {
      this.#retry(null);
    } else {
      for (const listener of this.#listeners) listener.received(message);
    }
  }

  #closed(code: number): void {
    const reason = toClosedReason(code);
    if (!reason) {
      this.#retry(code);
      return;
    }
    const wasWelcomed = this.#state.kind === 'connected';
    this.#drop(code);
    // After a welcome it is the operator who took the key away: coming back is for a person to decide.
    if (reason === 'unauthorized' && !wasWelcomed && this.#options.keyRefused()) this.#open();
    else this.#enter({ kind: 'closed', reason });
  }

  #retry(code: number | null): void {
    this.#drop(code);
    this.#attempt += 1;
    const delayMs = (this.#options.backOff ?? backOffMs)(this.#attempt);
    this.#timer = setTimeout(() => this.#open(), delayMs);
    this.#enter({ kind: 'waiting', attempt: this.#attempt, retryAtMs: Date.now() + delayMs });
  }

  /** Detaches first: whatever the old socket still says belongs to the past. */
  #drop(code: number | null): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
    if (this.#state.kind === 'connected') for (const listener of this.#listeners) listener.lost(code);
  }

  #enter(state: LinkState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener.stateChanged(state);
  }
}
