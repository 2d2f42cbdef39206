import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BatchMessage } from '../../../../src/common/wire/ingest';
import { Delivery, type DeliveryTimings } from '../../../../src/renderer/phone/link/delivery';
import { Link } from '../../../../src/renderer/phone/link/link';
import { deleteQueueDatabase } from '../../../../src/renderer/phone/queue/database';
import { FrameQueue } from '../../../../src/renderer/phone/queue/frame-queue';
import type { ReasonCode } from '../../../../src/renderer/phone/stores/codes';
import { type Asker, type OtherMessage, send, TestHub, WELCOME, wayTo } from './test-hub';

const NAME = 'delivery-under-test';
type AnswerBatch = (batch: BatchMessage, socket: Asker) => void;

let hub: TestHub;
let link: Link;
let queue: FrameQueue;
let answerBatch: AnswerBatch;
let answerOther: (message: OtherMessage, socket: Asker) => void;
const refusals: ReasonCode[] = [];
const holds: (ReasonCode | null)[] = [];
const words: string[] = [];
const approvals: string[] = [];
const failures: unknown[] = [];

const seqsOf = ({ frames }: BatchMessage) => frames.map(({ seq }) => seq);

const ack = (batch: BatchMessage, socket: Asker, refused: readonly number[] = []): void => {
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

const ACK = { type: 'ack', timestamp: '2026-01-01T00:00:00.000Z', clientId: 'c' };
const ackOther = ({ type, boot, seq, ranges }: OtherMessage, socket: Asker): void => {
  if (type === 'dropped')
    send(socket, { ...ACK, boot, upTo: 0, settled: ranges, stored: 0, duplicates: 0, refused: [] });
  else send(socket, { ...ACK, received: null, boot, seq });
};
const dropped = () => hub.of('dropped').map(({ boot, ranges }) => ({ boot, ranges }));

const refuse = (socket: Asker, code: string, more: object = {}): void =>
  send(socket, { type: 'error', code, message: `the hub says ${code}`, ...more });

const startHub = (options: { port?: number; maxPayload?: number } = {}) =>
  TestHub.start((message, socket) => {
    if (message.type === 'batch') answerBatch(message, socket);
    else if (message.type === 'handshake') send(socket, WELCOME);
    else answerOther(message, socket);
  }, options);

function startDelivery(timings: Partial<DeliveryTimings> = {}): Delivery {
  link = new Link({
    ...wayTo(hub.url),
    handshake: () => ({ type: 'handshake' }),
    welcomed: ({ hubId }) => void queue.meet(hubId),
    keyRefused: () => false,
    backOff: () => 10,
  });
  const delivery = new Delivery(
    queue,
    link,
    {
      settled: () => undefined,
      refused: (_count, reason) => refusals.push(reason),
      wordStored: ({ body }) => words.push(body),
      approval: (state) => approvals.push(state),
      held: (reason) => holds.push(reason),
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
  for (const list of [refusals, holds, failures, words, approvals]) list.length = 0;
  answerBatch = ack;
  answerOther = ackOther;
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
  const seqs = hub.batches.flatMap(seqsOf);
  expect(seqs.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 453 }, (_, n) => n + 1));
  // The newest first.
  expect(seqsOf(hub.batches[0] as BatchMessage)).toEqual(Array.from({ length: 50 }, (_, n) => n + 401));
  expect(queue.counts).toMatchObject({ captured: 453, delivered: 453, refused: 0, waiting: 0 });
});

it('has one batch in flight', async () => {
  await captureMany(5);
  const held: [BatchMessage, Asker][] = [];
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
  await queue.capture({ text: 'x'.repeat(2_000) }, Date.now());
  const started = performance.now();
  answerBatch = () => undefined;
  startDelivery({ ackTimeoutMs: 1, bytesPerSecond: 10_000 });
  await vi.waitFor(() => expect(hub.connections).toBe(2), { timeout: 5_000 });
  expect(performance.now() - started).toBeGreaterThan(200);
});

describe('photos and notes', () => {
  const PHOTO = { photoBase64: 'x'.repeat(2_000) };

  it('go beside the socket, and hold up neither words nor live frames', async () => {
    let answerPhoto = (): void => undefined;
    answerBatch = (batch, asker) => {
      if (hub.posted.includes(batch)) answerPhoto = () => ack(batch, asker);
      else ack(batch, asker);
    };
    await queue.capture(PHOTO, Date.now());
    const delivery = startDelivery();
    await vi.waitFor(() => expect(hub.posted).toHaveLength(1));
    await captureMany(3);
    await queue.captureWord({ type: 'sos', active: true }, Date.now());
    delivery.wake();
    await vi.waitFor(() => expect(queue.counts.waiting).toBe(1));
    expect(hub.of('sos')).toHaveLength(1);
    answerPhoto();
    await untilSettled();
    expect(hub.connections).toBe(1);
  });

  it('one that gets no answer is sent again, and the socket stays', async () => {
    await queue.capture(PHOTO, Date.now());
    answerBatch = (batch, asker) => {
      if (hub.posted.length > 3) ack(batch, asker);
    };
    startDelivery({ ackTimeoutMs: 10, bytesPerSecond: 100_000 });
    await untilSettled();
    expect(hub.posted).toHaveLength(4);
    expect(hub.connections).toBe(1);
  });

  it('go over the socket where requests fail', async () => {
    await queue.capture(PHOTO, Date.now());
    answerBatch = (batch, asker) => {
      if (hub.posted.includes(batch)) asker.terminate();
      else ack(batch, asker);
    };
    startDelivery();
    await untilSettled();
    expect(hub.posted).toHaveLength(2);
    expect(hub.batches).toHaveLength(3);
    expect(hub.connections).toBe(1);
  });

  it('an error of the socket that names nothing is not about them', async () => {
    await queue.capture(PHOTO, Date.now());
    const held: [BatchMessage, Asker][] = [];
    answerBatch = (batch, asker) => held.push([batch, asker]);
    const delivery = startDelivery();
    await vi.waitFor(() => expect(held).toHaveLength(1));
    answerBatch = (batch, asker) => {
      answerBatch = ack;
      refuse(asker, 'rate_limited', { retryAfterMs: 5 });
      expect(batch.frames).toHaveLength(1);
    };
    await captureMany(1);
    delivery.wake();
    await vi.waitFor(() => expect(queue.counts.waiting).toBe(1));
    for (const [batch, asker] of held) ack(batch, asker);
    await untilSettled();
    expect(hub.posted).toHaveLength(1);
  });
});

describe('a hub that takes nothing just now', () => {
  it.each([
    ['rate_limited', 'too-fast'],
    ['storage_unavailable', 'disk-full'],
    ['invalid_message', 'not-understood'],
    ['of_a_newer_hub', 'not-understood'],
  ])('%s: waits and sends again', async (code, reason) => {
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
    expect(holds).toEqual([reason, reason, null]);
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
    expect(queue.counts).toMatchObject({ captured: 9, delivered: 8, refused: 1, waiting: 0 });
    expect(refusals).toEqual(['too-big']);
    await vi.waitFor(() => expect(dropped()).toEqual([{ boot: 'present', ranges: [[5, 5]] }]));
  });

  it('does the same when the hub closes with 1009', async () => {
    const { port } = hub;
    await hub.stop();
    hub = await startHub({ port, maxPayload: 600 });
    for (const length of [100, 100, 2_000, 100]) await queue.capture({ text: 'x'.repeat(length) }, Date.now());
    startDelivery();
    await untilSettled();
    expect(queue.counts).toMatchObject({ captured: 4, delivered: 3, refused: 1, waiting: 0 });
    await vi.waitFor(() => expect(dropped()).toEqual([{ boot: 'present', ranges: [[3, 3]] }]));
  });

  it('counts frames refused by an ack apart and goes on', async () => {
    await captureMany(4);
    answerBatch = (batch, socket) => ack(batch, socket, [2, 3]);
    startDelivery();
    await untilSettled();
    expect(queue.counts).toMatchObject({ captured: 4, delivered: 2, refused: 2, waiting: 0 });
    expect(refusals).toEqual(['not-understood']);
    expect(dropped()).toEqual([]);
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
  // No answer to it: it is sent again.
  startDelivery({ ackTimeoutMs: 50 });
  await untilSettled();
  // Nothing of the first answer counted: the frames were sent again.
  expect(hub.batches.slice(1).flatMap(seqsOf).toSorted()).toEqual([1, 2]);
  expect(queue.counts).toMatchObject({ captured: 2, delivered: 2, refused: 0, waiting: 0 });
});

describe('lanes', () => {
  it('sends what is new first and the old beside it, each frame once', async () => {
    await captureMany(600, Date.now() - 60_000);
    await captureMany(3);
    const held: [BatchMessage, Asker][] = [];
    answerBatch = (batch, socket) => held.push([batch, socket]);
    startDelivery();
    await vi.waitFor(() => expect(held).toHaveLength(2));
    expect(hub.batches.map(({ live, frames }) => [live, frames[0]?.seq, frames.length])).toEqual([
      [true, 601, 3],
      [false, 1, 100],
    ]);
    answerBatch = ack;
    for (const [batch, socket] of held) ack(batch, socket);
    await untilSettled();
    const seqs = hub.batches.flatMap(seqsOf);
    expect(seqs.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 603 }, (_, n) => n + 1));
  });

  it('lets no backfill hold up a live frame', async () => {
    await captureMany(100, Date.now() - 60_000);
    answerBatch = (batch, socket) => {
      if (batch.live) ack(batch, socket);
    };
    const delivery = startDelivery();
    await vi.waitFor(() => expect(hub.batches).toHaveLength(1));
    for (let n = 0; n < 3; n++) {
      await captureMany(1);
      delivery.wake();
      await vi.waitFor(() => expect(queue.counts.waiting).toBe(100));
    }
    expect(hub.batches.slice(1).map(({ live }) => live)).toEqual([true, true, true]);
  });

  it('sends photos when no position waits any more', async () => {
    await queue.capture({ photoBase64: 'AAAA' }, Date.now());
    await captureMany(150, Date.now() - 60_000);
    await captureMany(1);
    startDelivery();
    await untilSettled();
    expect(hub.batches.map(({ frames }) => frames.length)).toEqual([1, 100, 50, 1]);
    expect(hub.batches.at(-1)).toMatchObject({ live: true, frames: [{ seq: 1 }] });
  });

  it('keeps sending live frames while the hub wants less backfill', async () => {
    await captureMany(100, Date.now() - 60_000);
    await captureMany(1);
    answerBatch = (batch, socket) =>
      batch.live ? ack(batch, socket) : refuse(socket, 'rate_limited', { boot: batch.boot, retryAfterMs: 60_000 });
    const delivery = startDelivery();
    await vi.waitFor(() => expect(holds).toContain('too-fast'));
    await captureMany(1);
    delivery.wake();
    await vi.waitFor(() => expect(queue.counts.waiting).toBe(100));
  });
});

describe('words', () => {
  it('go before frames, an SOS before all, each once with its number', async () => {
    await captureMany(2);
    await queue.captureWord({ type: 'message', text: 'hello' }, Date.now());
    await queue.captureWord({ type: 'sos', active: true }, Date.now());
    startDelivery();
    await untilSettled();
    expect(hub.received.slice(1).map(({ type }) => type)).toEqual(['sos', 'batch', 'message']);
    expect(hub.of('sos')).toEqual([{ type: 'sos', active: true, boot: 'present', seq: 4 }]);
    expect(words).toHaveLength(2);
  });

  it('survive a reload and a hub that is killed before its ack', async () => {
    await queue.captureWord({ type: 'sos', active: true }, Date.now());
    queue.close();
    queue = await FrameQueue.open({ name: 'later', openedAtMs: 20 }, NAME);
    let isFirst = true;
    answerOther = (message, socket) => {
      if (isFirst) socket.terminate();
      else ackOther(message, socket);
      isFirst = false;
    };
    startDelivery();
    await untilSettled();
    expect(hub.of('sos').map(({ boot, seq }) => [boot, seq])).toEqual([
      ['present', 1],
      ['present', 1],
    ]);
  });

  it.each(['storage_unavailable', 'rate_limited', 'pending_approval'])('wait while the hub says %s', async (code) => {
    let refusalsLeft = 2;
    answerOther = (message, socket) => {
      const { boot, seq } = message;
      if (refusalsLeft-- > 0) refuse(socket, code, { boot, seq, retryAfterMs: 10 });
      else ackOther(message, socket);
    };
    await queue.captureWord({ type: 'sos', active: true }, Date.now());
    startDelivery();
    await untilSettled();
    expect(hub.of('sos')).toHaveLength(3);
    expect(approvals).toEqual(code === 'pending_approval' ? ['pending', 'pending', 'active'] : ['active']);
  });

  it('are given up when the hub will never take them, and it is told', async () => {
    answerOther = (message, socket) => {
      const { boot, seq, type } = message;
      if (type === 'dropped') ackOther(message, socket);
      else refuse(socket, 'invalid_message', { boot, seq });
    };
    await queue.captureWord({ type: 'reply', to: 'gone', answer: 'x' }, Date.now());
    startDelivery();
    await vi.waitFor(() => expect(dropped()).toEqual([{ boot: 'present', ranges: [[1, 1]] }]));
    expect(queue.counts).toMatchObject({ refused: 1, waiting: 0 });
  });
});

it('holds everything while approval is pending, and goes on at once when it is given', async () => {
  await captureMany(2);
  let isPending = true;
  answerBatch = (batch, socket) =>
    isPending ? refuse(socket, 'pending_approval', { boot: batch.boot, retryAfterMs: 60_000 }) : ack(batch, socket);
  const delivery = startDelivery();
  await vi.waitFor(() => expect(approvals).toEqual(['pending']));
  isPending = false;
  delivery.resume();
  await untilSettled();
  expect(approvals).toEqual(['pending', 'active']);
});

it('tells what it gave up until the hub has settled it, and takes no batch for that', async () => {
  await captureMany(1, Date.now() - 60_000);
  await queue.discard('waiting');
  let tries = 0;
  answerOther = (message, socket) => {
    tries += 1;
    const { boot, ranges } = message;
    if (tries > 1) ackOther(message, socket);
    else send(socket, { ...ACK, boot, upTo: 1, settled: ranges, stored: 1, duplicates: 0, refused: [] });
  };
  startDelivery({ ackTimeoutMs: 50 });
  await vi.waitFor(() => expect(dropped()).toHaveLength(2));
  await vi.waitFor(async () => expect(await queue.nextGap()).toBeNull());
  expect(queue.counts).toMatchObject({ captured: 1, dropped: 1, waiting: 0 });
});
