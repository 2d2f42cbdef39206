import { once } from 'node:events';
import { request } from 'node:http';
import type { Socket } from 'node:net';

/** The bytes of a WebSocket as they are: for what a client library does not let one send. */
export interface RawSocket {
  /** Code of the close frame that came before the end; null when there was none. */
  readonly closed: Promise<number | null>;
  /** Resolves when it has left this process, or the other end is gone. */
  write(bytes: Uint8Array): Promise<void>;
  end(): void;
}

/** RFC 6455, section 1.3. */
export async function openRaw(url: string, headers: Record<string, string> = {}): Promise<RawSocket> {
  const upgrade = request(url.replace('ws', 'http'), {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
      'sec-websocket-version': '13',
      ...headers,
    },
  });
  upgrade.end();
  const [, socket] = (await once(upgrade, 'upgrade')) as [unknown, Socket];
  const closed = new Promise<number | null>((resolve) => {
    const received: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => received.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(closeCodeIn(Buffer.concat(received))));
  });
  const write: RawSocket['write'] = (bytes) =>
    new Promise((resolve) => {
      if (socket.writable) socket.write(bytes, () => resolve());
      else resolve();
    });
  return { closed, write, end: () => socket.destroy() };
}

/** The head of a frame from a client: FIN and opcode, length, a mask of zero (RFC 6455, section 5.2). */
export function frameHead(first: number, length: number): Buffer {
  const head = Buffer.alloc(14);
  head.set([first, 0x80 | 127]);
  head.writeBigUInt64BE(BigInt(length), 2);
  return length > 125 ? head : Buffer.from([first, 0x80 | length, 0, 0, 0, 0]);
}

/** Goes through the frames of a server, which have no mask. */
function closeCodeIn(received: Buffer): number | null {
  for (let at = 0; at + 4 <= received.length; ) {
    const short = received[at + 1] ?? 0;
    const [length, start] = short === 126 ? [received.readUInt16BE(at + 2), at + 4] : [short, at + 2];
    if (received[at] === 0x88) return received.readUInt16BE(start);
    at = start + length;
  }
  return null;
}
