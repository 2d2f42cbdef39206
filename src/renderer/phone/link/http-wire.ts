import { CLOSE } from '../../../common/wire/close-codes';
import type { IngestError, IngestErrorCode } from '../../../common/wire/ingest';
import { parseHubMessage } from '../../../common/wire/phone-messages';
import { readEvents } from './read-events';
import type { Wire, WireListener } from './wire';

/** Whose requests these are. */
export interface HttpSender {
  readonly deviceId: string;
  /** Asked for every request: the first answer may bring a key. */
  token(): string | undefined;
}

/** RFC 6455, section 7.4.1: the network's own way to end. */
const ABNORMAL = 1006;
const EVENTS_RETRY_MS = 3_000;

/**
 * The same messages by POST, and the way back by server-sent events (docs/wire-protocol.md, section 5). Each request has
 * its answer; a refusal becomes the `error` it would be on a socket.
 */
export class HttpWire implements Wire {
  readonly #origin: string;
  readonly #sender: HttpSender;
  readonly #listener: WireListener;
  readonly #abort = new AbortController();
  #isListening = false;

  constructor(origin: string, sender: HttpSender, listener: WireListener) {
    this.#origin = origin;
    this.#sender = sender;
    this.#listener = listener;
    queueMicrotask(() => {
      if (this.#isOpen) listener.opened();
    });
  }

  get #isOpen(): boolean {
    return !this.#abort.signal.aborted;
  }

  send(text: string): boolean {
    if (!this.#isOpen) return false;
    const path = text.startsWith('{"type":"batch"') ? 'frames' : 'messages';
    this.#post(path, text).catch(() => this.#end(ABNORMAL));
    return true;
  }

  close(): void {
    this.#abort.abort();
  }

  async #post(path: 'frames' | 'messages', text: string): Promise<void> {
    const response = await this.#fetch(path, { method: 'POST', body: text });
    const body = await response.text();
    if (!this.#isOpen) return;
    if (response.status === 401) this.#end(CLOSE.policyViolation);
    else if (response.status === 403) this.#end(CLOSE.kicked);
    else if (!response.ok) this.#refused(response, text, body);
    else this.#answered(body);
  }

  #answered(body: string): void {
    const message = parseHubMessage(body);
    if (!message) return;
    this.#listener.said(message);
    if (message.type === 'welcome' && !this.#isListening) {
      this.#isListening = true;
      void this.#hear();
    }
  }

  #refused({ status, headers }: Response, text: string, body: string): void {
    const number = numberOf(text);
    // A status or a ping that was too much: the next one tells.
    if (number === null) return;
    const retryAfterS = Number(headers.get('retry-after'));
    const retry = retryAfterS > 0 ? { retryAfterMs: retryAfterS * 1000 } : {};
    const { code, message } = errorIn(body) ?? { code: 'storage_unavailable', message: `HTTP ${status}` };
    const isTooLarge = status === 413;
    this.#listener.said({ type: 'error', code: isTooLarge ? 'too_large' : code, message, ...number, ...retry });
  }

  /** Until it is closed. A stream that ends is opened again; that the hub is gone is found by the requests. */
  async #hear(): Promise<void> {
    while (this.#isOpen) {
      try {
        const response = await this.#fetch('events', {});
        if (response.ok && response.body) {
          await readEvents(response.body, (data) => {
            const message = parseHubMessage(data);
            if (message && this.#isOpen) this.#listener.said(message);
          });
        }
      } catch {
        // Tried again below.
      }
      await new Promise((resolve) => setTimeout(resolve, EVENTS_RETRY_MS));
    }
  }

  #fetch(path: string, init: RequestInit): Promise<Response> {
    const token = this.#sender.token();
    const url = `${this.#origin}/api/v1/${path}?deviceId=${encodeURIComponent(this.#sender.deviceId)}`;
    const headers = {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(init.body ? { 'content-type': 'application/json' } : {}),
    };
    return fetch(url, { ...init, headers, cache: 'no-store', credentials: 'omit', signal: this.#abort.signal });
  }

  #end(code: number): void {
    if (!this.#isOpen) return;
    this.#abort.abort();
    this.#listener.closed(code);
  }
}

/** What an answer names: `boot` and, of a batch, its first `seq`. Both stand at the very beginning of what we write. */
function numberOf(text: string): Pick<IngestError, 'boot' | 'seq'> | null {
  const head = text.slice(0, 300);
  const boot = /"boot":"([^"\\]*)"/.exec(head)?.[1];
  const seq = /"seq":(\d+)/.exec(head)?.[1];
  return boot === undefined ? null : { boot, ...(seq === undefined ? {} : { seq: Number(seq) }) };
}

function errorIn(body: string): { code: IngestErrorCode; message: string } | null {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: IngestErrorCode; message?: string } };
    return error?.code && error.message ? { code: error.code, message: error.message } : null;
  } catch {
    return null;
  }
}
