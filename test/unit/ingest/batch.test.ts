import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settleBatch, toRanges } from '../../../src/main/ingest/batch';
import { parseFrame } from '../../../src/main/ingest/frame-parser';
import type { NumberedItem } from '../../../src/main/ingest/message-parser';
import type { AcceptedFrame, Admission, FrameSink } from '../../../src/main/ingest/ports';

test('ranges hold exactly the numbers, rise, and never touch', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 200 }), (numbers) => {
      const ranges = toRanges(numbers);
      const held = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
      expect(held).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      for (let index = 1; index < ranges.length; index++) {
        expect(ranges[index]?.[0]).toBeGreaterThan((ranges[index - 1]?.[1] ?? 0) + 1);
      }
    }),
  );
});

const admission: Admission = { deviceId: 'd1', name: 'ann', clientId: 'user_ann', flags: [], isExclusive: false };

/** Records what it is given; seq 1 was there before. */
function recordingSink(calls: object[]): FrameSink {
  return {
    append: () => {
      throw new Error('not a single frame');
    },
    appendBatch: (frames, boot, refusedSeqs, deviceId) => {
      calls.push({ seqs: frames.map(({ seq }) => seq), boot, refusedSeqs, deviceId });
      const outcomes = frames.map(({ seq }, index) =>
        seq === 1 ? { kind: 'duplicate' as const } : { kind: 'stored' as const, frameId: index + 1 },
      );
      return Promise.resolve({ outcomes, upTo: 4 });
    },
    recordDropped: () => Promise.reject(new Error('nothing was dropped')),
    isSaturated: () => false,
    onDrain: () => undefined,
  };
}

test('one bad frame never refuses its neighbours, and is named', async () => {
  const calls: object[] = [];
  const accept = (item: NumberedItem): AcceptedFrame => ({
    deviceId: 'd1',
    source: 'perch',
    boot: 'b',
    seq: item.seq,
    capturedAtMs: null,
    flags: [],
    parsed: parseFrame(item.data),
  });
  const items = [
    { seq: 4, data: {} },
    { seq: 1, data: {} },
    { seq: 2, data: { gps: { latitude: 91, longitude: 0 } } },
    { seq: 9, data: {} },
  ];
  const ack = await settleBatch(items, 'b', admission, accept, { sink: recordingSink(calls), clock: { now: () => 0 } });
  expect(calls).toEqual([{ seqs: [4, 1, 9], boot: 'b', refusedSeqs: [2], deviceId: 'd1' }]);
  expect(ack).toEqual({
    type: 'ack',
    timestamp: '1970-01-01T00:00:00.000Z',
    clientId: 'user_ann',
    boot: 'b',
    upTo: 4,
    settled: [
      [1, 2],
      [4, 4],
      [9, 9],
    ],
    stored: 2,
    duplicates: 1,
    refused: [{ seq: 2, code: 'invalid_frame', message: 'data.gps.latitude must be between -90 and 90, got 91' }],
  });
});

test('a bug is not an answer to the phone', async () => {
  const bug = () => {
    throw new TypeError('ours');
  };
  await expect(
    settleBatch([{ seq: 1, data: {} }], 'b', admission, bug, { sink: recordingSink([]), clock: { now: () => 0 } }),
  ).rejects.toThrow('ours');
});
