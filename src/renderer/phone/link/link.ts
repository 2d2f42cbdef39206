import type { Handshake, HubToPhone, Welcome } from '../../../common/wire/ingest';
import { backOffMs } from './back-off';
import { type ClosedReason, type LinkState, toClosedReason } from './link-state';
import type { Dial, Way, Wire, WireListener } from './wire';

export interface LinkOptions {
  readonly way: Way;
  open(dial: Dial, listener: WireListener): Wire;
  /** Asked anew for every connection. */
  handshake(): Handshake;
  /** Also when a phone that had to wait was let in. */
  welcomed(welcome: Welcome, dial: Dial): void;
  /** The hub refused the key before a welcome: true to try again at once, with another one. */
  keyRefused(): boolean;
  /** Until the welcome; a socket on bad radio may stay half open for minutes. Default 6,000 ms. */
  readonly connectTimeoutMs?: number;
  /** Default {@link backOffMs}. */
  readonly backOff?: (attempt: number) => number;
  /** How long the hub keeps out whom the operator removed. Default 605,000 ms. */
  readonly keptOutMs?: number;
}

export interface LinkListener {
  stateChanged(state: LinkState): void;
  /** Everything but the welcome, in order, of the present connection only. */
  received(message: HubToPhone): void;
  /** The connection is gone. `code` is null when this side gave it up. */
  lost(code: number | null): void;
}

const CONNECT_TIMEOUT_MS = 6_000;
/** Ten minutes (docs/wire-protocol.md, section 3), and a little more than the hub's clock may differ. */
const KEPT_OUT_MS = 605_000;
/** pageshow and visibilitychange come together: a socket this young is fresh enough. */
const FRESH_MS = 1_000;

/** One connection to the hub at a time, kept up for as long as it is wanted. */
export class Link {
  readonly #options: LinkOptions;
  readonly #listeners = new Set<LinkListener>();
  #state: LinkState = { kind: 'off' };
  #wire: Wire | null = null;
  #dial: Dial | null = null;
  /** Counts the tries: what an earlier one still finds out is of no use. */
  #round = 0;
  #openedAtMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Failures since the last welcome. */
  #attempt = 0;
  /** The operator removed this phone, until then; device clock, ms since the epoch. A try before it does not make it longer. */
  #keptOutUntilMs = 0;

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

  /** A fresh connection now. iOS leaves sockets that look open and are dead after the page was in the background. */
  refresh(): void {
    if (this.#state.kind === 'closed') this.#comeBack();
    if (this.#state.kind === 'off' || this.#state.kind === 'closed') return;
    const isAtWork = this.#state.kind !== 'waiting';
    if (!isAtWork || Date.now() - this.#openedAtMs >= FRESH_MS) this.#open();
  }

  /** A connection over a better way, which has just been found. */
  change(): void {
    if (this.#state.kind !== 'off' && this.#state.kind !== 'closed') this.#open();
  }

  /** False when not connected: nothing is buffered here, the queue is the buffer. */
  send(text: string): boolean {
    return this.#state.kind === 'connected' && this.#wire !== null && this.#wire.send(text);
  }

  /** Beside all else, as of a {@link Wire}; null when not connected. */
  sendAside(text: string, failed: () => void): (() => void) | null {
    return this.#state.kind === 'connected' && this.#wire ? this.#wire.sendAside(text, failed) : null;
  }

  /** Gives up the present connection and tries again after the back-off. */
  fail(): void {
    if (this.#state.kind === 'connected' || this.#state.kind === 'connecting') this.#retry(null);
  }

  #open(): void {
    this.#drop(null);
    this.#enter({ kind: 'connecting', attempt: this.#attempt });
    this.#openedAtMs = Date.now();
    const round = this.#round;
    this.#options.way.next().then(
      (dial) => {
        if (round !== this.#round) return;
        if (dial) this.#connect(dial);
        else this.#retry(null);
      },
      () => {
        if (round === this.#round) this.#retry(null);
      },
    );
  }

  #connect(dial: Dial): void {
    this.#dial = dial;
    this.#timer = setTimeout(() => this.#retry(null), this.#options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS);
    const wire: Wire = this.#options.open(dial, {
      opened: () => void wire.send(JSON.stringify(this.#options.handshake())),
      said: (message) => this.#receive(message, dial),
      closed: (code) => this.#closed(code),
    });
    this.#wire = wire;
  }

  #receive(message: HubToPhone, dial: Dial): void {
    if (message.type === 'welcome') {
      clearTimeout(this.#timer);
      if (!this.#options.way.welcomed(message, dial)) {
        this.#retry(null);
        return;
      }
      this.#attempt = 0;
      this.#keptOutUntilMs = 0;
      this.#options.welcomed(message, dial);
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
    else this.#stayAway(reason);
  }

  #stayAway(reason: ClosedReason): void {
    const nowMs = Date.now();
    if (reason === 'kicked' && this.#keptOutUntilMs <= nowMs)
      this.#keptOutUntilMs = nowMs + (this.#options.keptOutMs ?? KEPT_OUT_MS);
    const retryAtMs = reason === 'kicked' ? this.#keptOutUntilMs : null;
    if (retryAtMs !== null) this.#timer = setTimeout(() => this.start(), retryAtMs - nowMs);
    this.#enter({ kind: 'closed', reason, retryAtMs });
  }

  /** The hub takes back whom it kept out, if that time is over. A hidden page's timer may be late. */
  #comeBack(): void {
    if (this.#state.kind !== 'closed' || this.#state.retryAtMs === null || Date.now() < this.#state.retryAtMs) return;
    this.#attempt = 0;
    this.#open();
  }

  #retry(code: number | null): void {
    if (this.#state.kind === 'connecting' && this.#dial) this.#options.way.failed(this.#dial);
    this.#drop(code);
    this.#attempt += 1;
    const delayMs = (this.#options.backOff ?? backOffMs)(this.#attempt);
    this.#timer = setTimeout(() => this.#open(), delayMs);
    this.#enter({ kind: 'waiting', attempt: this.#attempt, retryAtMs: Date.now() + delayMs });
  }

  /** From here on whatever the old connection still says belongs to the past. */
  #drop(code: number | null): void {
    this.#round += 1;
    clearTimeout(this.#timer);
    const wire = this.#wire;
    this.#wire = null;
    this.#dial = null;
    if (!wire) return;
    wire.close();
    if (this.#state.kind === 'connected') for (const listener of this.#listeners) listener.lost(code);
  }

  #enter(state: LinkState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener.stateChanged(state);
  }
}
