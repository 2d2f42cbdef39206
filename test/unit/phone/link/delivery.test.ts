import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebSocket as ServerSocket } from 'ws';
import type { BatchMessage } from '../../../../src/common/wire/ingest';
import { Delivery, type DeliveryTimings } from '../../../../src/renderer/phone/link/delivery';
import { Link } from '../../../../src/renderer/phone/link/link';
import { deleteQueueDatabase } from '../../../../src/renderer/phone/queue/database';
import { FrameQueue } from '../../../../src/renderer/phone/queue/frame-queue';
import type { Reason } from '../../../../src/renderer/phone/stores/codes';
import { send, TestHub, WELCOME } from './test-hub';

const NAME = 'delivery-under-test';
type AnswerBatch = (batch: BatchMessage, socket: ServerSocket) => void;

let hub: TestHub;
let link: Link;
let queue: FrameQueue;
let answerBatch: AnswerBatch;
const refusals: string[] = [];
const holds: (string | null)[] = [];
const givenUp: [boot: string, seq: number][] = [];
const failures: unknown[] = [];

const toText = (reason: Reason | null): string | null => reason && (reason.kind === 'hub' ? reason.text : reason.code);
const seqsOf = ({ frames }: BatchMessage) => frames.map(({ seq }) => seq);

const ack = (batch: BatchMessage, socket: ServerSocket, refused: readonly number[] = []): void => {
  const seqs = seqsOf(batch);
  send(socket, {
    type: 'ack',
    timestamp: '2026-01-01T00:00:00.000Z',
    clientId: 'c',
    boot: batch.boot,
    upTo: Math.max(...seqs),
    settled: [[Math.min(...seqs), Math.max(...seqs)]],
    stored: seqs.length - refused.length,
    duplicates: 0,
    refused: refused.map((seq) => ({ seq, code: 'invalid_frame', message: `frame ${seq} is bad` })),
  });
};

const refuse = (socket: ServerSocket, code: string, more: object = {}): void =>
  send(socket, { type: 'error', code, message: `the hub says ${code}`, ...more });

const startHub = (options: { port?: number; maxPayload?: number } = {}) =>
  TestHub.start((message, socket) => {
    if (message.type === 'batch') answerBatch(message, socket);
    else send(socket, WELCOME);
  }, options);

function startDelivery(timings: Partial<DeliveryTimings> = {}): Delivery {
  link = new Link({
    url: hub.url,
    handshake: () => ({ type: 'handshake' }),
    welcomed: () => undefined,
    keyRefused: () => false,
    backOff: () => 10,
  });
  const delivery = new Delivery(
    queue,
    link,
    {
      settled: () => undefined,
      refused: (_count, message) => refusals.push(toText(message) ?? ''),
      gaveUp: (boot, seq) => givenUp.push([boot.name, seq]),
      held: (message) => holds.push(toText(message)),
      drained: () => undefined,
      failed: (error) => failures.push(error),
    },
    { backOff: () => 10, ...timings },
  );
  link.start();
  return delivery;
}

const captureMany = async (count: number, capturedAtMs = Date.now()): Promise<void> => {
  for (let n = 0; n < count; n++) await queue.capture({ n }, capturedAtMs);
};

const untilSettled = () => vi.waitFor(() => expect(queue.counts.waiting).toBe(0), { timeout: 10_000 });

beforeEach(async () => {
  for (const list of [refusals, holds, failures, givenUp]) list.length = 0;
  answerBatch = ack;
  hub = await startHub();
  queue = await FrameQueue.open({ name: 'present', openedAtMs: 10 }, NAME);
});

afterEach(async () => {
  link.stop();
  await hub.stop();
  expect(failures).toEqual([]);
  queue.close();
  await deleteQueueDatabase(NAME);
});

it('delivers what waited and what comes later, each frame once, in order', async () => {
  await captureMany(450);
  const delivery = startDelivery();
  await untilSettled();
  await captureMany(3);
  delivery.wake();
  await untilSettled();
  expect(hub.batches.flatMap(seqsOf)).toEqual(Array.from({ length: 453 }, (_, n) => n + 1));
  expect(Math.max(...hub.batches.map(({ frames }) => frames.length))).toBe(200);
  expect(queue.counts).toEqual({ captured: 453, delivered: 453, refused: 0, waiting: 0 });
});

it('has one batch in flight', async () => {
  await captureMany(5);
  const held: [BatchMessage, ServerSocket][] = [];
  answerBatch = (batch, socket) => held.push([batch, socket]);
  const delivery = startDelivery();
  await vi.waitFor(() => expect(held).toHaveLength(1));
  await captureMany(2);
  for (let n = 0; n < 5; n++) delivery.wake();
  answerBatch = ack;
  for (const [batch, socket] of held) ack(batch, socket);
  await untilSettled();
  expect(hub.batches.map(seqsOf)).toEqual([
    [1, 2, 3, 4, 5],
    [6, 7],
  ]);
});

it('marks frames of an earlier boot, and old ones, as backfill', async () => {
  queue.close();
  const earlier = await FrameQueue.open({ name: 'earlier', openedAtMs: 1 }, NAME);
  await earlier.capture({ n: 1 }, Date.now());
  earlier.close();
  queue = await FrameQueue.open({ name: 'present', openedAtMs: 10 }, NAME);
  await captureMany(1, Date.now() - 60_000);
  const delivery = startDelivery();
  await untilSettled();
  await captureMany(1);
  delivery.wake();
  await untilSettled();
  expect(hub.batches.map(({ boot, live }) => [boot, live])).toEqual([
    ['earlier', false],
    ['present', false],
    ['present', true],
  ]);
});

it('sends again what a killed hub never acked', async () => {
  await captureMany(3);
  answerBatch = (_batch, socket) => socket.terminate();
  startDelivery();
  await vi.waitFor(() => expect(hub.batches.length).toBeGreaterThanOrEqual(2));
  const { port } = hub;
  await hub.stop();
  answerBatch = ack;
  hub = await startHub({ port });
  await untilSettled();
  expect(queue.counts.delivered).toBe(3);
});

it('takes a fresh socket when no ack comes, and sends less at once', async () => {
  await captureMany(8);
  answerBatch = () => undefined;
  startDelivery({ ackTimeoutMs: 30 });
  await vi.waitFor(() => expect(hub.batches.length).toBeGreaterThanOrEqual(2));
  answerBatch = ack;
  await untilSettled();
  expect(hub.connections).toBeGreaterThanOrEqual(2);
  expect(hub.batches.slice(0, 2).map(({ frames }) => frames.length)).toEqual([8, 4]);
});

it('gives a big batch the time its bytes take', async () => {
  await queue.capture({ photoBase64: 'x'.repeat(2_000) }, Date.now());
  const started = performance.now();
  answerBatch = () => undefined;
  startDelivery({ ackTimeoutMs: 1, bytesPerSecond: 10_000 });
  await vi.waitFor(() => expect(hub.connections).toBe(2), { timeout: 5_000 });
  expect(performance.now() - started).toBeGreaterThan(200);
});

describe('a hub that takes nothing just now', () => {
  it.each(['rate_limited', 'storage_unavailable', 'invalid_message'])('%s: waits and sends again', async (code) => {
    await captureMany(2);
    let refusalsLeft = 2;
    answerBatch = (batch, socket) =>
      refusalsLeft-- > 0 ? refuse(socket, code, { boot: batch.boot, retryAfterMs: 20 }) : ack(batch, socket);
    startDelivery();
    await untilSettled();
    expect(hub.batches.map(seqsOf)).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(queue.counts).toMatchObject({ delivered: 2, refused: 0 });
    expect(holds).toEqual([`the hub says ${code}`, `the hub says ${code}`, null]);
  });

  it('is not asked again before retryAfterMs', async () => {
    await captureMany(1);
    let refusedAt = 0;
    let askedAgainAt = 0;
    answerBatch = (batch, socket) => {
      if (refusedAt === 0) {
        refusedAt = performance.now();
        refuse(socket, 'rate_limited', { retryAfterMs: 120 });
      } else {
        askedAgainAt = performance.now();
        ack(batch, socket);
      }
    };
    const delivery = startDelivery();
    await vi.waitFor(() => expect(holds).toHaveLength(1));
    delivery.wake();
    await untilSettled();
    // Timers of Node may fire a millisecond early.
    expect(askedAgainAt - refusedAt).toBeGreaterThanOrEqual(115);
  });
});

describe('too much at once', () => {
  it('halves until the hub takes it, and gives up the one frame it never takes', async () => {
    await captureMany(9);
    answerBatch = (batch, socket) =>
      seqsOf(batch).includes(5) ? refuse(socket, 'too_large', { boot: batch.boot }) : ack(batch, socket);
    startDelivery();
    await untilSettled();
    expect(queue.counts).toEqual({ captured: 9, delivered: 8, refused: 1, waiting: 0 });
    expect(refusals).toEqual(['the hub says too_large']);
    expect(givenUp).toEqual([['present', 5]]);
  });

  it('does the same when the hub closes with 1009', async () => {
    const { port } = hub;
    await hub.stop();
    hub = await startHub({ port, maxPayload: 600 });
    for (const length of [100, 100, 2_000, 100]) await queue.capture({ text: 'x'.repeat(length) }, Date.now());
    startDelivery();
    await untilSettled();
    expect(queue.counts).toEqual({ captured: 4, delivered: 3, refused: 1, waiting: 0 });
    expect(givenUp).toEqual([['present', 3]]);
  });

  it('counts frames refused by an ack apart and goes on', async () => {
    await captureMany(4);
    answerBatch = (batch, socket) => ack(batch, socket, [2, 3]);
    startDelivery();
    await untilSettled();
    expect(queue.counts).toEqual({ captured: 4, delivered: 2, refused: 2, waiting: 0 });
    expect(refusals).toEqual(['frame 3 is bad']);
    expect(givenUp).toEqual([]);
  });
});

it('does not take an answer to another message for one to the batch', async () => {
  await captureMany(2);
  answerBatch = (batch, socket) => {
    refuse(socket, 'unknown_type');
    refuse(socket, 'storage_unavailable', { boot: 'words', seq: 1 });
    ack(batch, socket);
  };
  startDelivery();
  await untilSettled();
  expect(hub.batches).toHaveLength(1);
  expect(holds).toEqual([null]);
});

it('survives acks that come twice, of another boot, or that settle nothing', async () => {
  await captureMany(2);
  let isFirst = true;
  answerBatch = (batch, socket) => {
    if (isFirst) {
      isFirst = false;
      ack({ ...batch, boot: 'someone-else' }, socket);
      ack({ ...batch, frames: [{ seq: 900, data: {} }] }, socket);
    } else {
      ack(batch, socket);
      ack(batch, socket);
    }
  };
  startDelivery();
  await untilSettled();
  // Nothing of the first answer counted: the frames were sent again.
  expect(hub.batches).toHaveLength(2);
  expect(queue.counts).toEqual({ captured: 2, delivered: 2, refused: 0, waiting: 0 });
});
