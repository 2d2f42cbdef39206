import type { HubToPhone, Welcome } from '../../../common/wire/ingest';

/** Where to and how. */
export interface Dial {
  /** `https:` or `http:`, host and port. */
  readonly origin: string;
  /** `http`: POST and server-sent events, where no WebSocket gets through. */
  readonly rung: 'socket' | 'http';
}

/** One way to the hub, opened once and closed once. */
export interface Wire {
  /** False when it is not open: nothing is buffered here, the queue is the buffer. */
  send(text: string): boolean;
  /**
   * On a connection of its own: nothing waits behind what is big. Its answer comes like any other; `failed`: it did not
   * get through. Gives what gives it up, or null when the wire is not open.
   */
  sendAside(text: string, failed: () => void): (() => void) | null;
  /** Nothing of it is heard after that. */
  close(): void;
}

export interface WireListener {
  opened(): void;
  said(message: HubToPhone): void;
  /** By the hub or the network; a WebSocket close code. */
  closed(code: number): void;
}

/** Which way is tried next, and what became of the last. */
export interface Way {
  /** null: none just now; worth another try later. */
  next(): Promise<Dial | null>;
  /** False: this is not the hub it should be, and nothing more is said to it. */
  welcomed(welcome: Welcome, dial: Dial): boolean;
  /** It could not be opened, or no welcome came. */
  failed(dial: Dial | null): void;
}
