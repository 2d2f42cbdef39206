import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to the hub that is as slow as a radio may be. */
export interface SlowRadio {
  readonly port: number;
  /** What all connections together may send to the hub in a second; the way back is free. */
  bytesPerSecond: number;
  stop(): Promise<void>;
}

const TICK_MS = 20;

/** One connection: what came from the phone and may not go on yet. */
interface Line {
  readonly near: Socket;
  readonly far: Socket;
  waiting: Buffer[];
}

/** Passes bytes on as they are, TLS and all. Connections take turns, as a phone's network queue has it (RFC 8290). */
export async function startSlowRadio(targetPort: number): Promise<SlowRadio> {
  const lines = new Set<Line>();
  const server = createServer((near) => {
    const line: Line = { near, far: connect(targetPort, '127.0.0.1'), waiting: [] };
    lines.add(line);
    near.on('data', (bytes: Buffer) => {
      line.waiting.push(bytes);
      near.pause();
    });
    line.far.on('data', (bytes: Buffer) => near.write(bytes));
    const end = (): void => {
      lines.delete(line);
      near.destroy();
      line.far.destroy();
    };
    for (const socket of [near, line.far]) socket.on('close', end).on('error', end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const radio = {
    port: (server.address() as AddressInfo).port,
    bytesPerSecond: Number.POSITIVE_INFINITY,
    stop: async (): Promise<void> => {
      clearInterval(timer);
      for (const { near } of lines) near.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const timer = setInterval(() => share([...lines], (radio.bytesPerSecond * TICK_MS) / 1000), TICK_MS);
  return radio;
}

/** Each line that waits gets as much of it as every other. */
function share(lines: readonly Line[], bytes: number): void {
  const waiting = lines.filter((line) => line.waiting.length > 0);
  for (const line of waiting) {
    let left = bytes / waiting.length;
    while (left > 0 && line.waiting.length > 0) {
      const all = line.waiting.shift() as Buffer;
      const now = all.subarray(0, Math.ceil(left));
      line.far.write(now);
      left -= now.length;
      if (now.length < all.length) line.waiting.unshift(all.subarray(now.length));
    }
    if (line.waiting.length === 0) line.near.resume();
  }
}
