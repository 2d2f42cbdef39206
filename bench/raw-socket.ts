import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

// RFC 6455, section 5.2.
const TEXT = 0x1;
const PING = 0x9;
/** Final, masked, without the ping's payload: `ws` sends none, and asks for nothing back but a pong. */
const PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);

/**
 * The client's end of a WebSocket with as little work as possible: the load must not be what is measured. Counts the
 * messages that come and looks only at their first bytes.
 */
export class RawSocket {
  readonly #socket: Socket;
  #rest: Buffer = Buffer.alloc(0);
  /** Called with the tenth byte of each message that came in one read: `a` of `{"type":"ack"`. */
  onMessages: (tenthBytes: readonly number[]) => void = () => {};
  onClose: () => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('close', () => this.onClose());
    socket.on('error', () => {});
  }

  /** Upgrades. @throws Error with the status line when it is refused. */
  static async open(url: string): Promise<RawSocket> {
    const { hostname, port, pathname, search } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, 'connect');
    socket.write(
      [
        `GET ${pathname}${search} HTTP/1.1`,
        `Host: ${hostname}:${port}`,
        'Upgrade: websocket',
        'Connection: Upgrade',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        'Sec-WebSocket-Version: 13',
        '\r\n',
      ].join('\r\n'),
    );
    const [head] = (await once(socket, 'data')) as [Buffer];
    const status = head.toString('latin1').split('\r\n', 1)[0] ?? '';
    if (!status.includes(' 101 ')) throw new Error(`The upgrade was refused: ${status}`);
    return new RawSocket(socket);
  }

  write(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  destroy(): void {
    this.onClose = () => {};
    this.#socket.destroy();
  }

  /** Server frames are not masked (RFC 6455, section 5.1). */
  #read(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const marks: number[] = [];
    let at = 0;
    for (;;) {
      if (at + 2 > bytes.length) break;
      const short = (bytes[at + 1] ?? 0) & 0x7f;
      const header = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (at + header > bytes.length) break;
      const length =
        short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
      if (at + header + length > bytes.length) break;
      const opcode = (bytes[at] ?? 0) & 0x0f;
      if (opcode === TEXT) marks.push(bytes[at + header + 9] ?? 0);
      else if (opcode === PING) this.#socket.write(PONG);
      at += header + length;
    }
    this.#rest = at === bytes.length ? Buffer.alloc(0) : bytes.subarray(at);
    if (marks.length > 0) this.onMessages(marks);
  }
}
