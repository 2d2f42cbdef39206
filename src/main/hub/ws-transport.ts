import type { WebSocket } from 'ws';
import type { Transport } from '../../common/rpc/transport';

/** Several of the largest answers. */
const UNREAD_BYTES = 32 * 1024 * 1024;

/** A {@link Transport} over an open WebSocket, the hub's end. */
export function createSocketTransport(socket: WebSocket): Transport {
  return {
    send: (message) => {
      if (socket.readyState !== socket.OPEN) return;
      socket.send(message);
      // Live data stops long before, at its own high-water mark: this is answers that somebody asks for and never reads.
      if (socket.bufferedAmount > UNREAD_BYTES) socket.terminate();
    },
    onMessage: (listener) => {
      socket.removeAllListeners('message');
      // A text message arrives as one Buffer (binaryType nodebuffer).
      socket.on('message', (data: Buffer) => listener(data.toString('utf8')));
    },
    onClose: (listener) => {
      if (socket.readyState === socket.CLOSED) listener();
      else socket.once('close', listener);
    },
    close: () => socket.close(),
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
  };
}
