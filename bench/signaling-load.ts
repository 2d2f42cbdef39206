// The load of `--parts signaling`: clients of one relay, in a process of its own. Takes one JSON argument; speaks with the
// bench as load.ts does.
import { createInterface } from 'node:readline';
import { LatencyHistogram, type LatencySummary } from '../src/main/drill/latency.ts';
import { maskedText } from './messages.ts';
import { RawSocket } from './raw-socket.ts';

/** What it is told to do. */
export interface SignalingLoadOptions {
  readonly url: string;
  readonly clients: number;
  /** What the server speaks above WebSocket. */
  readonly dialect: 'plain' | 'socket.io';
  /** `talk`: one client sends `rateHz` messages. `flood`: always `window` messages not yet with everybody. `idle`: none. */
  readonly mode: 'talk' | 'flood' | 'idle';
  readonly rateHz: number;
  readonly window: number;
  readonly warmupS: number;
  readonly seconds: number;
}

/** What came of it. */
export interface SignalingLoadResult {
  readonly deliveries: number;
  readonly messages: number;
  readonly closed: number;
  readonly seconds: number;
  /** From the send to each receiver; only with one talker, whose messages come in order. */
  readonly latencyMs: LatencySummary;
}

/** Each sender of a flood stays below the 200 messages a second that Perch lets a client send. */
const TALKERS = 64;
const TALKER_HZ = 180;

const options = JSON.parse(process.argv[2] ?? '{}') as SignalingLoadOptions;
const candidate = { type: 'ice-candidate', candidate: { candidate: 'x'.repeat(250), sdpMid: '0', sdpMLineIndex: 0 } };
const text = options.dialect === 'plain' ? JSON.stringify(candidate) : `42${JSON.stringify(['message', candidate])}`;
const message = maskedText(text);

let isMeasuring = false;
let deliveries = 0;
let messages = 0;
let closed = 0;
let received = 0;
let isCounting = false;
const latency = new LatencyHistogram();
const sentAt: number[] = [];
/** How many messages each client has got since counting began. */
const got = new Map<RawSocket, number>();

function heard(socket: RawSocket, count: number): void {
  if (!isCounting) return;
  received += count;
  if (isMeasuring) deliveries += count;
  if (options.mode !== 'talk') return;
  const now = performance.now();
  let next = got.get(socket) ?? 0;
  for (let index = 0; index < count; index += 1, next += 1) {
    const at = sentAt[next];
    if (isMeasuring && at !== undefined) latency.add(now - at);
  }
  got.set(socket, next);
}

async function open(): Promise<RawSocket> {
  const socket = await RawSocket.open(options.url);
  socket.onMessages = (marks) => heard(socket, marks.length);
  socket.onClose = () => {
    closed += 1;
  };
  if (options.dialect === 'socket.io') socket.write(maskedText('40'));
  return socket;
}

const say = (value: object): void => console.log(JSON.stringify(value));
const wait = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

function send(socket: RawSocket | undefined): void {
  sentAt.push(performance.now());
  if (isMeasuring) messages += 1;
  socket?.write(message);
}

function startTalking(sockets: readonly RawSocket[]): void {
  const startedAt = performance.now();
  setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * options.rateHz);
    while (sentAt.length < due) send(sockets[0]);
  }, 1);
}

function startFlood(sockets: readonly RawSocket[]): void {
  const talkers = sockets.slice(0, TALKERS);
  const startedAt = performance.now();
  const tick = (): void => {
    const allowed = ((performance.now() - startedAt) / 1000) * TALKER_HZ * talkers.length;
    const taken = Math.floor(received / Math.max(1, sockets.length - 1));
    while (sentAt.length < allowed && sentAt.length - taken < options.window) {
      send(talkers[sentAt.length % talkers.length]);
    }
    setImmediate(tick);
  };
  tick();
}

const sockets: RawSocket[] = [];
const AT_ONCE = 50;
for (let from = 0; from < options.clients; from += AT_ONCE) {
  const count = Math.min(AT_ONCE, options.clients - from);
  sockets.push(...(await Promise.all(Array.from({ length: count }, () => open()))));
}
// Greetings are over by then.
await wait(1.5);
isCounting = true;
say({ event: 'connected' });
await new Promise<void>((resolve) => createInterface({ input: process.stdin }).once('line', () => resolve()));
if (options.mode === 'talk') startTalking(sockets);
if (options.mode === 'flood') startFlood(sockets);
await wait(options.warmupS);
isMeasuring = true;
say({ event: 'measuring' });
const startedAt = performance.now();
await wait(options.seconds);
isMeasuring = false;
const seconds = (performance.now() - startedAt) / 1000;
say({ event: 'done', deliveries, messages, closed, seconds, latencyMs: latency.summary() });
process.exit(0);
