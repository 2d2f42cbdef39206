import { type ClientOptions, WebSocket } from 'ws';
import type { HubToPhone } from '../../common/wire/ingest';
import { parseHubMessage } from '../../common/wire/phone-messages';
import { DrillRefused } from './options';

/** Where to, and as whom. */
interface Target {
  readonly endpoint: URL;
  /** Goes in the header, so that the upgrade itself is refused and no place of the keyless is taken. */
  readonly key: string | null;
  /** See DrillOptions. */
  readonly ca: string | undefined;
}

/** What one socket tells its phone. Nothing comes after `lost` or `forbidden`. */
export interface ConnectionListener {
  opened(): void;
  received(message: HubToPhone): void;
  lost(): void;
  /** Trying again is pointless. */
  forbidden(error: DrillRefused): void;
}

/** A phone on WiFi gives up on a hub that does not answer within this, ms. */
const CONNECT_TIMEOUT_MS = 6000;

/** One WebSocket of one phone. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #listener: ConnectionListener;
  #isOver = false;

  constructor({ endpoint, key, ca }: Target, listener: ConnectionListener) {
    this.#listener = listener;
    const options: ClientOptions = { handshakeTimeout: CONNECT_TIMEOUT_MS, perMessageDeflate: false };
    if (ca !== undefined) options.ca = ca;
    if (key !== null) options.headers = { authorization: `Bearer ${key}` };
    this.#socket = new WebSocket(endpoint, options);
    this.#socket.on('open', () => {
      if (!this.#isOver) listener.opened();
    });
    this.#socket.on('message', (data: Buffer) => this.#received(data));
    this.#socket.on('unexpected-response', (request, { statusCode }) => {
      request.destroy();
      if (statusCode === 401 || statusCode === 403 || statusCode === 404) this.#forbid(statusCode);
      else this.#lose();
    });
    this.#socket.on('error', (error) => {
      if (UNTRUSTED.has((error as NodeJS.ErrnoException).code ?? '')) this.#forbid('untrusted');
      else this.#lose();
    });
    this.#socket.on('close', (code, reason) => {
      if (code === 1008 && reason.toString() === 'Unauthorized') this.#forbid(401);
      else this.#lose();
    });
  }

  /** Bytes that did not leave this machine yet. */
  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** @returns bytes of the message. */
  send(message: object): number {
    const text = JSON.stringify(message);
    this.#socket.send(text);
    return Buffer.byteLength(text);
  }

  /** As when a phone walks out of the WiFi: no goodbye. The listener hears nothing any more. */
  cut(): void {
    this.#isOver = true;
    this.#socket.terminate();
  }

  /** Resolves when it is closed. */
  async close(): Promise<void> {
    this.#isOver = true;
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = new Promise<void>((resolve) => this.#socket.once('close', () => resolve()));
    this.#socket.close();
    await closed;
  }

  #received(data: Buffer): void {
    const message = this.#isOver ? null : parseHubMessage(data.toString('utf8'));
    if (message) this.#listener.received(message);
  }

  #lose(): void {
    if (this.#isOver) return;
    this.cut();
    this.#listener.lost();
  }

  #forbid(status: number | 'untrusted'): void {
    if (this.#isOver) return;
    this.cut();
    this.#listener.forbidden(new DrillRefused(WHY[status] ?? `The hub answered ${status}.`));
  }
}

/** How Node says that nobody it trusts signed the certificate, or that it is for another name. */
const UNTRUSTED: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const WHY: Readonly<Record<number | 'untrusted', string>> = {
  untrusted: "The hub's certificate is not trusted here: name its CA with --ca, such as tls/ca.pem of its data folder.",
  401: 'The hub refuses this key.',
  403: 'The hub does not let this key send.',
  404: 'There is no Perch hub at this address.',
};
