// (a) The least a WebSocket server can do: every message goes back as it came.
import { listen } from './listen.ts';

listen((socket) => {
  socket.on('message', (data: Buffer) => socket.send(data, { binary: false }));
});
