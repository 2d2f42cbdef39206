// The least a broadcast can cost with `ws`: every message goes to all others as it came. Nothing is checked or limited.
import type { WebSocket } from 'ws';
import { listen } from './listen.ts';

const clients = new Set<WebSocket>();

listen((socket) => {
  clients.add(socket);
  socket.on('close', () => clients.delete(socket));
  socket.on('message', (data: Buffer) => {
    for (const client of clients) if (client !== socket) client.send(data, { binary: false });
  });
});
