import { afterEach, beforeEach, expect, test } from 'vitest';
import { runDrill } from '../../../src/main/drill/drill';
import { DrillRefused } from '../../../src/main/drill/options';
import { type FakeHub, openFakeHub, type PhoneMessage, usualAnswers } from './fake-hub';

let hub: FakeHub;
beforeEach(async () => {
  hub = await openFakeHub();
});
afterEach(() => hub.close());

const drill = (more: object = {}) =>
  runDrill({ url: hub.url, key: 'KEY', phones: 2, rateHz: 50, seconds: 0.2, drainSeconds: 5, ...more });

type NumberedFrame = NonNullable<PhoneMessage['frames']>[number];

const framesOf = ({ frames, seq, data }: PhoneMessage): readonly NumberedFrame[] =>
  frames ?? (seq && data ? [{ seq, data }] : []);

test('every phone is a device of its own, counts from 1, and is acked to the last frame', async () => {
  const { counts, isComplete, latencyMs, sentence } = await drill();
  expect(counts).toMatchObject({ captured: 20, sent: 20, resent: 0, acked: 20, connections: 2, failures: 0 });
  expect(isComplete).toBe(true);
  expect(latencyMs.max).toBeGreaterThan(0);
  expect(sentence).toMatch(/^The hub took all 20 frames from 2 phones in .+ s \(.+ a second\): acked after .+ms\)\.$/);
  expect(new Set(hub.callers.map((caller) => caller.deviceId)).size).toBe(2);
  for (const { authorization, received } of hub.callers) {
    expect(authorization).toBe('Bearer KEY');
    expect(received.flatMap(framesOf).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  }
});

test('a hub that dies half way gets everything without an answer again, on a new connection', async () => {
  hub.answers = (message, caller) => {
    if (caller.number > 1 || message.type === 'handshake') return null;
    // Received, never answered, and gone: however slowly the phone came in.
    if (message.type === 'batch' || (message.seq ?? 0) >= 3) caller.socket.terminate();
    return [];
  };
  const { counts, isComplete } = await drill({ phones: 1 });
  expect(counts).toMatchObject({ captured: 10, acked: 10, connections: 2, failures: 1 });
  expect(counts.resent).toBeGreaterThanOrEqual(2);
  expect(isComplete).toBe(true);
  const again = hub.callers[1]?.received.flatMap(framesOf).map(({ seq }) => seq) ?? [];
  expect(again.slice(0, 3)).toEqual([1, 2, 3]);
});

test('loss and reconnects to order: connections break, nothing is lost', async () => {
  const { counts, isComplete } = await drill({ dropRate: 0.3, reconnectEvery: 0.05, seconds: 0.5 });
  expect(isComplete).toBe(true);
  expect(counts.captured).toBe(50);
  expect(counts.connections).toBeGreaterThan(2);
});

test('answers that ask for patience are heeded, what is refused for good is counted and not sent again', async () => {
  let patience = 2;
  hub.answers = (message) => {
    const { boot, seq } = message;
    if (message.type === 'handshake') return null;
    if (patience > 0) {
      patience -= 1;
      return [{ type: 'error', code: 'rate_limited', message: '', retryAfterMs: 20, boot, ...(seq ? { seq } : {}) }];
    }
    const no = { code: 'invalid_frame', message: '' };
    if (message.type === 'data' && seq === 9) return [{ type: 'error', ...no, boot, seq }];
    if (message.frames?.some((frame) => frame.seq === 9))
      return usualAnswers(message).map((ack) => ({ ...ack, refused: [{ ...no, seq: 9 }] }));
    return usualAnswers(message);
  };
  const { counts, isComplete, sentence } = await drill({ phones: 1, seconds: 0.4 });
  expect(counts.putOff).toEqual({ rate_limited: 2 });
  expect(counts.refused).toEqual({ invalid_frame: 1 });
  expect(counts.acked).toBe(19);
  expect(isComplete).toBe(false);
  expect(sentence).toContain('only 19 of 20 frames');
  expect(sentence).toContain('1 refused (invalid_frame)');
});

test('no two photos are alike, and they look like a JPEG of 200 kB', async () => {
  const { counts } = await drill({ photos: 3 });
  expect(counts.photos).toBe(6);
  const photos = hub.callers
    .flatMap(({ received }) => received.flatMap(framesOf))
    .flatMap(({ data }) => (typeof data.photoBase64 === 'string' ? [data.photoBase64] : []));
  expect(new Set(photos).size).toBe(6);
  for (const photo of photos) {
    const bytes = Buffer.from(photo.replace('data:image/jpeg;base64,', ''), 'base64');
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from('ffd8ff', 'hex'));
    expect(bytes.length).toBe(200_000);
  }
});

test('a hub that never answers: not complete, and it ends', async () => {
  hub.answers = (message) => (message.type === 'handshake' ? null : []);
  const { isComplete, sentence } = await drill({ drainSeconds: 0.1 });
  expect(isComplete).toBe(false);
  expect(sentence).toContain('20 without an answer');
});

test('an ack that never comes: lost in time, and the phone goes on over a new connection', async () => {
  hub.answers = (message, { number }) => (message.type === 'handshake' || number > 1 ? null : []);
  const { counts, isComplete, sentence } = await drill({ phones: 1, rateHz: 10, seconds: 1.2, ackSeconds: 0.3 });
  expect(counts.lost).toBeGreaterThan(0);
  expect(counts.acked).toBeGreaterThan(0);
  expect(counts.acked + counts.lost).toBe(counts.captured);
  expect(counts.connections).toBe(2);
  expect(isComplete).toBe(false);
  expect(sentence).toContain(`${counts.lost} without an answer`);
});

test('an address that is none is refused with a sentence', async () => {
  await expect(drill({ url: 'nowhere' })).rejects.toThrow(DrillRefused);
});

test('stopped early, it still waits for its acks', async () => {
  const stop = new AbortController();
  const running = drill({ seconds: 60, signal: stop.signal, phones: 1 });
  await expect.poll(() => hub.callers[0]?.received.length ?? 0).toBeGreaterThan(3);
  stop.abort();
  const { counts, isComplete } = await running;
  expect(counts.captured).toBeLessThan(3000);
  expect(isComplete).toBe(true);
});
