/**
 * A two-way pipe for text messages. Order is kept; nothing is lost while open; nothing arrives after close.
 * Implementations: memory (tests), WebSocket (browser and hub), Electron IPC (preload and main).
 */
export interface Transport {
  /** Queues one message. After close it is dropped silently: the other end is gone. */
  send(message: string): void;
  /** Calls the listener for each message, in order. One listener only: a second call replaces the first. */
  onMessage(listener: (message: string) => void): void;
  /** Calls the listener once, when either end closed; at once if that has happened. */
  onClose(listener: () => void): void;
  close(): void;
  /** Bytes queued and not yet handed to the system. The sender of live data looks here before it adds more. */
  readonly bufferedBytes: number;
}
