import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** Serves sockets on a free port, says where on stdout, ends on SIGTERM. Set up as Perch sets `ws` up. */
export function listen(onSocket: (socket: WebSocket) => void): void {
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    backlog: 4096,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: 8 * 1024 * 1024,
  });
  server.on('connection', (socket) => {
    socket.on('error', () => {});
    onSocket(socket);
  });
  server.on('listening', () => {
    const { port } = server.address() as AddressInfo;
    console.log(JSON.stringify({ event: 'ready', http: `http://127.0.0.1:${port}` }));
  });
  process.on('SIGTERM', () => process.exit(0));
}
