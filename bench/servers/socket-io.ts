// What many would take instead: Socket.IO, WebSocket only, its own broadcast.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

const http = createServer();
// Its own ping is a message like any other, which the load would count: none comes while it measures.
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, pingInterval: 600_000 });
io.on('connection', (socket) => {
  socket.on('message', (message: unknown) => socket.broadcast.emit('message', message));
});
http.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  const { port } = http.address() as AddressInfo;
  console.log(JSON.stringify({ event: 'ready', http: `http://127.0.0.1:${port}` }));
});
process.on('SIGTERM', () => process.exit(0));
