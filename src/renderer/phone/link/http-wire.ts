import { parseHubMessage } from '../../../common/wire/phone-messages';
import { ABNORMAL, type HttpSender, postAside, postMessage, request } from './post-message';
import { readEvents } from './read-events';
import type { Wire, WireListener } from './wire';

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
    this.#post(text).catch(() => this.#end(ABNORMAL));
    return true;
  }

  sendAside(text: string, failed: () => void): (() => void) | null {
    if (!this.#isOpen) return null;
    return postAside(this.#origin, this.#sender, text, this.#abort.signal, this.#listener, failed);
  }

  close(): void {
    this.#abort.abort();
  }

  async #post(text: string): Promise<void> {
    const { said, closed } = await postMessage(this.#origin, this.#sender, text, this.#abort.signal);
    if (!this.#isOpen) return;
    if (closed !== null) this.#end(closed);
    else if (said) this.#listener.said(said);
    if (said?.type === 'welcome' && !this.#isListening) {
      this.#isListening = true;
      void this.#hear();
    }
  }

  /** Until it is closed. A stream that ends is opened again; that the hub is gone is found by the requests. */
  async #hear(): Promise<void> {
    while (this.#isOpen) {
      try {
        const response = await request(this.#origin, 'events', this.#sender, { signal: this.#abort.signal });
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

  #end(code: number): void {
    if (!this.#isOpen) return;
    this.#abort.abort();
    this.#listener.closed(code);
  }
}
