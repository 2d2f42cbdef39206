import { WebSocket } from 'ws';
import { CLOSE } from '../../common/wire/close-codes';

/** Sends a last message to each socket, closes it with 1001, and ends those that have not closed after `patienceMs`. */
export async function sayGoodbye(sockets: Iterable<WebSocket>, message: string, patienceMs: number): Promise<void> {
  await Promise.all([...sockets].map((socket) => closeSocket(socket, message, patienceMs)));
}

function closeSocket(socket: WebSocket, message: string, patienceMs: number): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), patienceMs);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    // A paused socket would never read the answer to the close frame.
    socket.resume();
    if (socket.readyState === WebSocket.OPEN) socket.send(message);
    socket.close(CLOSE.goingAway);
  });
}
