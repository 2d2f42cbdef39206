import type { WebSocket } from 'ws';
import type { Transport } from '../../common/rpc/transport';

/** A {@link Transport} over an open WebSocket, the hub's end. */
export function createSocketTransport(socket: WebSocket): Transport {
  return {
    send: (message) => {
      if (socket.readyState === socket.OPEN) socket.send(message);
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
