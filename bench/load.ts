// The load: plays phones against one server, in a process of its own. Takes one JSON argument, prints one JSON line
// when all phones are connected, waits for a line on stdin, and prints one JSON line with what it measured.
import { createInterface } from 'node:readline';
import { LatencyHistogram, type LatencySummary } from '../src/main/drill/latency.ts';
import { createMessages, handshakeOf, type MessageKind, type MessageSource } from './messages.ts';
import { RawSocket } from './raw-socket.ts';

/** What it is told to do. */
export interface LoadOptions {
  readonly url: string;
  readonly connections: number;
  readonly kind: MessageKind;
  /** `saturate`: always `window` messages without an answer on each connection. `steady`: `rateHz` each. `idle`: none. */
  readonly mode: 'saturate' | 'steady' | 'idle';
  readonly window: number;
  readonly rateHz: number;
  /** Not measured, s: code gets compiled, caches warm. */
  readonly warmupS: number;
  readonly seconds: number;
  /** Says what it measured so far each so many seconds, each time anew; absent: only at the end. */
  readonly sampleS?: number;
}

/** What came of it. */
export interface LoadResult {
  readonly acked: number;
  /** Answers that were no ack. */
  readonly refused: number;
  readonly closed: number;
  readonly seconds: number;
  readonly latencyMs: LatencySummary;
}

const options = JSON.parse(process.argv[2] ?? '{}') as LoadOptions;
const run = Date.now().toString(36);
/** `a` of an ack, or of an echo of `data`. */
const ACK = [0x61, 0x64];

let isMeasuring = false;
let acked = 0;
let refused = 0;
let closed = 0;
let latency = new LatencyHistogram();
let sample = { acked: 0, refused: 0, latency: new LatencyHistogram() };

/** One phone: answers come in the order of the messages. */
class Phone {
  readonly #socket: RawSocket;
  readonly #messages: MessageSource;
  #sentAt: number[] = [];
  #next = 0;

  constructor(socket: RawSocket, number: number) {
    this.#socket = socket;
    this.#messages = createMessages(options.kind, number, run);
    socket.onClose = () => {
      closed += 1;
    };
    socket.onMessages = (marks) => this.#answered(marks);
  }

  send(count: number): void {
    const bytes = this.#messages.next(count);
    const now = performance.now();
    for (let index = 0; index < count; index += 1) this.#sentAt.push(now);
    this.#socket.write(bytes);
  }

  #answered(marks: readonly number[]): void {
    const now = performance.now();
    for (const mark of marks) {
      const tookMs = now - (this.#sentAt[this.#next] ?? now);
      this.#next += 1;
      if (!isMeasuring) continue;
      if (ACK.includes(mark)) {
        acked += 1;
        latency.add(tookMs);
        sample.acked += 1;
        sample.latency.add(tookMs);
      } else {
        refused += 1;
        sample.refused += 1;
      }
    }
    if (this.#next > 1024) {
      this.#sentAt = this.#sentAt.slice(this.#next);
      this.#next = 0;
    }
    if (options.mode === 'saturate') this.send(marks.length);
  }
}

async function open(number: number): Promise<RawSocket> {
  const socket = await RawSocket.open(options.url);
  if (options.mode === 'idle') return socket;
  const welcomed = new Promise<void>((resolve) => {
    socket.onMessages = () => resolve();
  });
  socket.write(handshakeOf(number, run));
  await welcomed;
  return socket;
}

async function openAll(): Promise<readonly RawSocket[]> {
  const sockets: RawSocket[] = [];
  const AT_ONCE = 50;
  for (let from = 0; from < options.connections; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, options.connections - from);
    sockets.push(...(await Promise.all(Array.from({ length: count }, (_, index) => open(from + index)))));
  }
  return sockets;
}

const say = (value: object): void => console.log(JSON.stringify(value));
const wait = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Each phone at its own moment of the period. */
function startSteady(phones: readonly Phone[]): void {
  const periodMs = 1000 / options.rateHz;
  const startedAt = performance.now();
  let sent = 0;
  const tick = (): void => {
    const due = Math.floor(((performance.now() - startedAt) / periodMs) * phones.length);
    for (; sent < due; sent += 1) phones[sent % phones.length]?.send(1);
  };
  setInterval(tick, 1);
}

function saySample(overS: number): void {
  const { acked: count, refused: no, latency: times } = sample;
  sample = { acked: 0, refused: 0, latency: new LatencyHistogram() };
  say({ event: 'sample', acked: count, refused: no, closed, seconds: overS, latencyMs: times.summary() });
}

const sockets = await openAll();
say({ event: 'connected' });
await new Promise<void>((resolve) => createInterface({ input: process.stdin }).once('line', () => resolve()));
if (options.mode !== 'idle') {
  const phones = sockets.map((socket, number) => new Phone(socket, number));
  if (options.mode === 'saturate') for (const phone of phones) phone.send(options.window);
  else startSteady(phones);
}
await wait(options.warmupS);
say({ event: 'measuring' });
isMeasuring = true;
acked = 0;
refused = 0;
latency = new LatencyHistogram();
sample = { acked: 0, refused: 0, latency: new LatencyHistogram() };
const startedAt = performance.now();
const { sampleS } = options;
if (sampleS !== undefined) setInterval(() => saySample(sampleS), sampleS * 1000);
await wait(options.seconds);
isMeasuring = false;
const seconds = (performance.now() - startedAt) / 1000;
say({ event: 'done', acked, refused, closed, seconds, latencyMs: latency.summary() } satisfies LoadResult & {
  event: string;
});
for (const socket of sockets) socket.destroy();
process.exit(0);
