import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';

/** A message of the hub, as an outside program sees it. */
export type Message = { readonly type: string } & Readonly<Record<string, unknown>>;

/** How a socket ended. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** A plain WebSocket client that keeps what came, in order. Knows nothing of Perch's own code. */
export class WireClient {
  readonly socket: WebSocket;
  readonly received: Message[] = [];
  readonly closed: Promise<Closed>;
  #taken = 0;
  readonly #waiting = new Set<() => void>();

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      this.received.push(JSON.parse(data.toString('utf8')) as Message);
      for (const look of this.#waiting) look();
    });
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString('utf8') }));
    });
  }

  /** Connects. @throws Error `Unexpected server response: 401` and the like when the upgrade is refused. */
  static async open(url: string, options: ClientOptions = {}): Promise<WireClient> {
    const socket = new WebSocket(url, options);
    const client = new WireClient(socket);
    await once(socket, 'open');
    return client;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /**
   * The next message not taken yet. Passes over `config`, which comes unasked to who understands it; it is among
   * `received`. Fails when the socket closes first.
   */
  async next(): Promise<Message> {
    await this.until(() => {
      while (this.received[this.#taken]?.type === 'config') this.#taken += 1;
      return this.received.length > this.#taken;
    });
    return this.received[this.#taken++] as Message;
  }

  /** Sends and takes the answer. */
  async ask(message: unknown): Promise<Message> {
    this.send(message);
    return this.next();
  }

  /** Resolves when the condition holds after some message; rejects when the socket closes first. */
  async until(holds: () => boolean): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (!holds()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      void this.closed.then(({ code, reason }) => reject(new Error(`the socket closed first: ${code} ${reason}`)));
    });
  }

  async close(): Promise<Closed> {
    this.socket.close();
    return this.closed;
  }
}
