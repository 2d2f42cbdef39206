import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** How long a peer may take to close its side, ms. */
const PATIENCE_MS = 2000;

/**
 * Closes a socket that is not wanted so that its peer still learns why: what it goes on sending is read and thrown
 * away unparsed (an unread byte at the end would make TCP reset the connection and lose the close frame).
 */
export function turnAway(socket: WebSocket, raw: Duplex, code: number, reason: string): void {
  socket.close(code, reason);
  raw.removeAllListeners('data');
  raw.on('data', () => undefined);
  raw.resume();
  raw.end();
  const timer = setTimeout(() => socket.terminate(), PATIENCE_MS);
  socket.once('close', () => clearTimeout(timer));
}
