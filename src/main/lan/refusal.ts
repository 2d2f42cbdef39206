import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Why the door stays shut, as every refusal says it: `{"error": {"code", "message"}}`. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export const REFUSALS = {
  unauthorized: { status: 401, code: 'unauthorized', message: 'The key is missing, wrong, revoked or expired.' },
  forbidden: { status: 403, code: 'forbidden', message: 'This key may not do this.' },
  foreignHost: {
    status: 403,
    code: 'foreign_host',
    message: 'The hub does not answer to this host name; --public-host adds one.',
  },
  foreignOrigin: {
    status: 403,
    code: 'foreign_origin',
    message: 'The control room is open to its own pages only; --allow-origin adds one.',
  },
  foreignPage: {
    status: 403,
    code: 'foreign_origin',
    message: 'Only pages of this hub may do this.',
  },
  notFound: { status: 404, code: 'not_found', message: 'There is nothing here.' },
  socketOnly: {
    status: 426,
    code: 'upgrade_required',
    message: 'This address is for WebSocket connections; a proxy in between must pass the Upgrade header on.',
  },
  tooManyWaiting: {
    status: 503,
    code: 'too_many_connections',
    message: 'Too many connections wait here without a key.',
  },
  shuttingDown: { status: 503, code: 'shutting_down', message: 'The hub is shutting down.' },
} as const satisfies Record<string, Refusal>;

/** The body of a refusal. */
export function refusalBody(refusal: Refusal): { readonly error: { readonly code: string; readonly message: string } } {
  return { error: { code: refusal.code, message: refusal.message } };
}

/** Refuses an upgrade with a real HTTP answer and ends the connection. */
export function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(refusalBody(refusal));
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...(refusal.status === 401 ? ['WWW-Authenticate: Bearer'] : []),
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Refuses a request that never reaches the routes. */
export function refuseRequest(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  // The body is not read, so the connection can't be used again.
  response.writeHead(refusal.status, { 'content-type': 'application/json; charset=utf-8', connection: 'close' });
  response.end(JSON.stringify(refusalBody(refusal)));
  request.resume();
}
