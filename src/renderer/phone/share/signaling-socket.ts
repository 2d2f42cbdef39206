import { CLOSE } from '../../../common/wire/close-codes';
import { type PeerMessage, toPeerMessage } from '../../../common/wire/sharing';
import { backOffMs } from '../link/back-off';

export interface SignalingOptions {
  /** Asked anew for every socket; ws: or wss:, without a key: that goes in the first message. */
  url(): string;
  /** The first message on each socket. */
  hello(): { readonly type: 'hello'; readonly token?: string | undefined };
  received(message: PeerMessage): void;
  /** The socket is gone, or an attempt at another failed. @param failures attempts in a row that came to nothing */
  lost(failures: number): void;
  /** The hub wants nothing of this phone: its key is refused, or the operator took it out. */
  refused(): void;
  /** Default {@link backOffMs}. */
  readonly backOff?: (attempt: number) => number;
}

const CONNECT_TIMEOUT_MS = 6_000;
/** pageshow and visibilitychange come together. */
const FRESH_MS = 1_000;
/** Nothing came for so long: the hub is asked for a word, for a dead socket can look open for minutes. */
const SILENT_MS = 15_000;
const FINAL: readonly number[] = [CLOSE.policyViolation, CLOSE.replaced, CLOSE.kicked];

/** The phone's socket to `/signaling`, kept up while something is shared. */
export class SignalingSocket {
  readonly #options: SignalingOptions;
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #openedAtMs = 0;
  #isWanted = true;
  #heardAtMs = 0;
  /** When the hub was asked for a word; null: it has answered since. */
  #askedAtMs: number | null = null;

  constructor(options: SignalingOptions) {
    this.#options = options;
    this.#open();
  }

  /** False when it is not open: what is said of a connection means nothing on the next socket. */
  send(message: object): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Bytes that wait to be sent. */
  get bufferedBytes(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  /** A fresh socket now: one from before the phone slept may look open and be dead. */
  refresh(): void {
    if (this.#socket && Date.now() - this.#openedAtMs < FRESH_MS) return;
    this.renew();
  }

  /** Another socket now, with another first message. */
  renew(): void {
    if (!this.#isWanted) return;
    this.#drop();
    this.#options.lost(this.#attempt);
    this.#open();
  }

  /** Called once a second. The hub answers every hello; a socket on which it does not is dead. */
  tick(): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    const nowMs = Date.now();
    if (this.#askedAtMs !== null) {
      if (nowMs - this.#askedAtMs > CONNECT_TIMEOUT_MS) this.renew();
    } else if (nowMs - this.#heardAtMs > SILENT_MS) {
      this.#askedAtMs = nowMs;
      const { token: _, ...hello } = this.#options.hello();
      this.send(hello);
    }
  }

  close(): void {
    this.#isWanted = false;
    this.#drop();
  }

  #open(): void {
    this.#openedAtMs = Date.now();
    this.#heardAtMs = this.#openedAtMs;
    this.#askedAtMs = null;
    const socket = new WebSocket(this.#options.url());
    this.#socket = socket;
    this.#timer = setTimeout(() => this.#retry(), CONNECT_TIMEOUT_MS);
    socket.onopen = () => socket.send(JSON.stringify(this.#options.hello()));
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      this.#heardAtMs = Date.now();
      this.#askedAtMs = null;
      const message = typeof data === 'string' ? readMessage(data) : null;
      if (!message) return;
      if (message.type === 'connected') {
        clearTimeout(this.#timer);
        this.#attempt = 0;
      }
      this.#options.received(message);
    };
    socket.onclose = ({ code }) => {
      if (!FINAL.includes(code)) return this.#retry();
      this.close();
      this.#options.refused();
    };
  }

  #retry(): void {
    this.#drop();
    this.#attempt += 1;
    this.#options.lost(this.#attempt);
    this.#timer = setTimeout(() => this.#open(), (this.#options.backOff ?? backOffMs)(this.#attempt));
  }

  #drop(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }
}

function readMessage(text: string): PeerMessage | null {
  try {
    return toPeerMessage(JSON.parse(text));
  } catch {
    return null;
  }
}
