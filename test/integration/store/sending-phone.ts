import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Message, WireClient } from '../../helpers/wire-client';

const JPEG = readFileSync(join(import.meta.dirname, '../../fixtures/photo.jpg'));
/** Messages on their way without an ack. */
const WINDOW = 8;
/** Acked frames sent again after a reconnect. */
const REPEATED = 10;

interface Queued {
  readonly seq: number;
  readonly data: { readonly id: string; readonly text: string; readonly photoBase64?: string };
  /** Of the photo; null without one. */
  readonly sha256: string | null;
}

/** A phone that sends as fast as it is acked, in single frames and batches, and keeps what is not acked. */
export class SendingPhone {
  readonly name: string;
  /** Frames acked as durable: id of the frame, SHA-256 of its photo. */
  readonly acked = new Map<string, string | null>();
  /** Called after each ack. */
  onAck: () => void = () => {};
  readonly #random: (below: number) => number;
  #nextSeq = 1;
  #queue: Queued[] = [];
  #client: WireClient | null = null;
  #lastAcked: Queued[] = [];
  /** Seqs of each message sent on this connection and not answered yet, in order. */
  #sent: Queued[][] = [];

  constructor(name: string, random: (below: number) => number) {
    this.name = name;
    this.#random = random;
  }

  /** Connects and sends on, beginning with what was never acked. */
  async connect(url: string): Promise<void> {
    const client = await WireClient.open(url);
    this.#client = client;
    await client.ask({ type: 'handshake', client: 'test', version: '1', deviceId: this.name });
    client.socket.on('message', (data: Buffer) => this.#take(JSON.parse(data.toString()) as Message));
    // Whatever the old connection did not ack goes again, before anything new; and as if acks had been lost, some that it did.
    this.#queue = [...this.#lastAcked, ...this.#sent.flat(), ...this.#queue];
    this.#lastAcked = [];
    this.#sent = [];
    this.#send();
  }

  /** Resolves when the hub is gone. */
  async gone(): Promise<void> {
    await this.#client?.closed;
    this.#client = null;
  }

  #take(message: Message): void {
    if (message.type !== 'ack') throw new Error(`${this.name} got ${JSON.stringify(message)}`);
    const frames = this.#sent.shift() ?? [];
    for (const { data, sha256 } of frames) this.acked.set(data.id, sha256);
    this.#lastAcked = [...this.#lastAcked, ...frames].slice(-REPEATED);
    this.#send();
    this.onAck();
  }

  #send(): void {
    while (this.#client !== null && this.#sent.length < WINDOW) {
      const size = this.#random(3) === 0 ? 1 + this.#random(20) : 1;
      const frames = Array.from({ length: size }, () => this.#queue.shift() ?? this.#capture());
      this.#sent.push(frames);
      const [first] = frames;
      const boot = 'boot';
      if (frames.length === 1 && first) this.#client.send({ type: 'data', boot, seq: first.seq, data: first.data });
      else this.#client.send({ type: 'batch', boot, frames: frames.map(({ seq, data }) => ({ seq, data })) });
    }
  }

  #capture(): Queued {
    const seq = this.#nextSeq++;
    const text = 'x'.repeat(this.#random(600));
    const id = `${this.name} ${seq}`;
    if (this.#random(6) > 0) return { seq, data: { id, text }, sha256: null };
    // A JPEG stays one with anything behind its end; now and then the same photo comes twice.
    const bytes = this.#random(4) === 0 ? JPEG : Buffer.concat([JPEG, randomBytes(1 + this.#random(20_000))]);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { seq, data: { id, text, photoBase64: bytes.toString('base64') }, sha256 };
  }
}
