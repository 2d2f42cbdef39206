import { show } from './log';

/** A message of the hub or of another client. */
export type Signal = { readonly type: string; readonly from?: string } & Readonly<Record<string, unknown>>;

/** What the page does with its socket. */
export interface ConnectionListeners {
  /** Null: it is closed; the reason is for people, null when it was asked for. */
  onState(connected: Signal | null, reason: string | null): void;
  onMessage(message: Signal): void;
}

/** One socket on `/signaling`. The key goes in the first message, never in an address. */
export class Connection {
  readonly #listeners: ConnectionListeners;
  #socket: WebSocket | null = null;

  constructor(listeners: ConnectionListeners) {
    this.#listeners = listeners;
  }

  open(key: string): void {
    this.close();
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/signaling`);
    this.#socket = socket;
    // In open access there is no key to show, and the hub speaks first.
    if (key !== '') socket.onopen = () => socket.send(JSON.stringify({ type: 'handshake', token: key }));
    socket.onmessage = ({ data }) => {
      show('received', String(data));
      const message = JSON.parse(String(data)) as Signal;
      if (message.type === 'connected') this.#listeners.onState(message, null);
      else this.#listeners.onMessage(message);
    };
    socket.onclose = ({ code }) => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#listeners.onState(null, REASONS[code] ?? `The connection ended (${code}). Is the hub running?`);
    };
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  send(message: object): void {
    if (!this.#socket || !this.isOpen) return;
    const text = JSON.stringify(message);
    show('sent', text);
    this.#socket.send(text);
  }

  close(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.close();
    this.#listeners.onState(null, null);
  }
}

const REASONS: Readonly<Record<number, string>> = {
  1001: 'The hub is shutting down.',
  1008: 'The hub does not take this key.',
  1009: 'The last message was too long.',
  1013: 'This page was too slow, or the hub is full.',
};
