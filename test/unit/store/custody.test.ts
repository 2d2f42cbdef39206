import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appended, type SeqRange } from '../../../src/common/model/delivery';
import type { DeviceCustody, Store } from '../../../src/main/store';
import { counted, device, frame, newFolder, openFilled, photo, session, T0 } from './store-fixture';

const D1 = { deviceId: 'd1', sessionId: 's1' };
const B1 = { ...D1, boot: 'b1' };

async function custodyOf(store: Store, sessionId = 's1', deviceId = 'd1'): Promise<DeviceCustody | undefined> {
  return (await store.custody({ sessionId, lateAfterMs: 5000 })).find((one) => one.deviceId === deviceId);
}

test('everything that came of a frame is counted, for each device and session, through a restart', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await Promise.all([store.saveDevice(device('d2')), store.saveSession(session('s2'))]);
  const image = photo('photo');
  await Promise.all([
    appended(store, counted(1, { receivedAtMs: T0, capturedAtMs: T0 - 5000, media: [image] })),
    appended(store, counted(2, { receivedAtMs: T0 + 1, capturedAtMs: T0 - 5000 })),
    appended(store, counted(1)),
    appended(store, counted(2, { sessionId: 's2' })),
    store.recordRefused('invalid_frame', 2, D1),
    store.recordRefused('too_large', 1, D1),
    store.recordRefused('invalid_frame', 1, { ...D1, sessionId: 's2' }),
    store.recordRefused('invalid_frame', 1, { deviceId: 'd2', sessionId: 's1' }),
    store.recordRefused('invalid_frame', 1, { deviceId: 'nobody', sessionId: 's1' }),
    store.recordDropped([[3, 5]], B1),
  ]);
  await store.close();
  const again = await openFilled(dataDir);
  await again.recordRefused('invalid_frame', 1, D1);
  await appended(again, counted(1));
  await appended(again, counted(8, { receivedAtMs: T0 + 9 }));
  expect(await again.custody({ sessionId: 's1', lateAfterMs: 5000 })).toEqual([
    {
      deviceId: 'd1',
      stored: 3,
      duplicates: 2,
      refused: { invalid_frame: 3, too_large: 1 },
      erased: 0,
      dropped: 3,
      missing: 2,
      beforeFirst: 0,
      holes: [{ boot: 'b1', ranges: [[6, 7]] }],
      bytes: 3 * '{"id":1}'.length + 5,
      firstAtMs: T0,
      lastAtMs: T0 + 9,
      late: 1,
      delay: { p50Ms: 5000, p95Ms: 5001, maxMs: 5001 },
    },
    {
      deviceId: 'd2',
      stored: 0,
      duplicates: 0,
      refused: { invalid_frame: 1 },
      erased: 0,
      dropped: 0,
      missing: 0,
      beforeFirst: 0,
      holes: [],
      bytes: 0,
      firstAtMs: null,
      lastAtMs: null,
      late: 0,
      delay: null,
    },
  ]);
  expect(await custodyOf(again, 's2')).toMatchObject({ stored: 0, duplicates: 1, refused: { invalid_frame: 1 } });
  expect(await again.custody({ sessionId: 's1', deviceId: 'd2', lateAfterMs: 1 })).toHaveLength(1);
  await expect(again.custody({ sessionId: 'none', lateAfterMs: 1 })).rejects.toMatchObject({ code: 'not_found' });
  // What is only counted makes no device of the session.
  expect((await again.listSessions()).find((one) => one.sessionId === 's1')).toMatchObject({ frames: 3, devices: 1 });
});

test('a failed commit leaves no count behind', async () => {
  const store = await openFilled(await newFolder(), { maxPages: 150 });
  await appended(store, counted(1, { capturedAtMs: T0 }));
  const before = await custodyOf(store);
  const big = JSON.stringify({ text: 'x'.repeat(1_000_000) });
  const outcomes = await Promise.allSettled([
    appended(store, counted(1)),
    appended(store, counted(2, { capturedAtMs: T0 })),
    store.recordRefused('invalid_frame', 1, D1),
    appended(store, counted(3, { body: big })),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
  expect(await custodyOf(store)).toEqual(before);
  await appended(store, counted(2));
  expect(await custodyOf(store)).toMatchObject({ stored: 2, duplicates: 0, delay: { maxMs: 1 } });
});

test('dropped ranges settle, count once however often and in whatever pieces they are told, and not what is stored', async () => {
  const store = await openFilled(await newFolder());
  await store.appendBatch([counted(1), counted(4)], [6], { deviceId: 'd1', boot: 'b1' });
  expect(await store.recordDropped([[2, 2]], B1)).toBe(2);
  expect(
    await store.recordDropped(
      [
        [2, 4],
        [3, 7],
      ],
      B1,
    ),
  ).toBe(7);
  expect(await custodyOf(store)).toMatchObject({ stored: 2, dropped: 4, missing: 0 });
  expect(await store.recordDropped([[1, 7]], B1)).toBe(7);
  expect(await custodyOf(store)).toMatchObject({ dropped: 4 });
  // An ocean is as cheap as a drop.
  expect(await store.recordDropped([[8, 2 ** 50]], B1)).toBe(2 ** 50);
  expect(await appended(store, counted(9))).toMatchObject({ kind: 'stored' });
});

test('a hole belongs to the session in which the frame after it came, and closes when it is filled in another', async () => {
  const store = await openFilled(await newFolder());
  await store.saveSession(session('s2'));
  const inS2 = { sessionId: 's2' };
  for (const seq of [3, 4, 6]) await appended(store, counted(seq));
  for (const seq of [9, 10]) await appended(store, counted(seq, inS2));
  // 1 and 2: before the first that was seen nothing is missing, only told.
  expect(await custodyOf(store)).toMatchObject({
    missing: 1,
    beforeFirst: 2,
    holes: [{ boot: 'b1', ranges: [[5, 5]] }],
  });
  expect(await custodyOf(store, 's2')).toMatchObject({
    missing: 2,
    beforeFirst: 0,
    holes: [{ boot: 'b1', ranges: [[7, 8]] }],
  });
  await appended(store, counted(5, inS2));
  await appended(store, counted(1, { ...inS2, boot: 'b2' }));
  await appended(store, counted(3, { ...inS2, boot: 'b2' }));
  expect(await custodyOf(store)).toMatchObject({ missing: 0, holes: [] });
  expect(await custodyOf(store, 's2')).toMatchObject({
    missing: 3,
    holes: [
      { boot: 'b1', ranges: [[7, 8]] },
      { boot: 'b2', ranges: [[2, 2]] },
    ],
  });
});

test('whatever comes in whatever order, each hole is counted once', async () => {
  const store = await openFilled(await newFolder());
  let boots = 0;
  const step = fc.oneof(
    fc.record({ do: fc.constant('store' as const), seq: fc.integer({ min: 1, max: 40 }) }),
    fc.record({
      do: fc.constant('drop' as const),
      range: fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 5 })),
    }),
    fc.record({ do: fc.constant('next session' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
      boots += 1;
      const boot = `boot ${boots}`;
      const deviceId = `device ${boots}`;
      await store.saveDevice(device(deviceId));
      const sessions = [`session ${boots}`];
      await store.saveSession(session(sessions[0] ?? ''));
      const seen = new Set<number>();
      for (const one of steps) {
        const sessionId = sessions.at(-1) ?? '';
        if (one.do === 'store') {
          seen.add(one.seq);
          await appended(store, counted(one.seq, { deviceId, sessionId, boot }));
        } else if (one.do === 'drop') {
          const range: SeqRange = [one.range[0], one.range[0] + one.range[1]];
          for (let seq = range[0]; seq <= range[1]; seq += 1) seen.add(seq);
          await store.recordDropped([range], { deviceId, boot, sessionId });
        } else {
          sessions.push(`session ${boots}.${sessions.length}`);
          await store.saveSession(session(sessions.at(-1) ?? ''));
        }
      }
      const missing: number[] = [];
      let stored = 0;
      for (const sessionId of sessions) {
        const one = await custodyOf(store, sessionId, deviceId);
        stored += one?.stored ?? 0;
        for (const [from, to] of one?.holes.flatMap(({ ranges }) => ranges) ?? []) {
          for (let seq = from; seq <= to; seq += 1) missing.push(seq);
        }
      }
      const first = Math.min(...seen);
      const expected: number[] = [];
      for (let seq = first; seq <= Math.max(...seen); seq += 1) if (!seen.has(seq)) expected.push(seq);
      // A boot without a stored frame entered no session.
      if (stored > 0) expect(missing.sort((a, b) => a - b)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test('without a seq an item is stored once for each device, source and time; without a hash every frame is new', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await store.saveDevice(device('d2'));
  const item = (change: Parameters<typeof frame>[1] = {}) =>
    frame({}, { itemHash: 'ab'.repeat(32), source: 'osmand', capturedAtMs: T0, ...change });
  const append = async (change: Parameters<typeof frame>[1] = {}) => (await appended(store, item(change))).kind;
  expect(await Promise.all([append(), append()])).toEqual(['stored', 'duplicate']);
  expect(await append({ source: 'owntracks' })).toBe('stored');
  expect(await append({ deviceId: 'd2' })).toBe('stored');
  expect(await append({ capturedAtMs: T0 + 1 })).toBe('stored');
  expect(await append({ itemHash: 'cd'.repeat(32) })).toBe('stored');
  expect([await append({ capturedAtMs: null }), await append({ capturedAtMs: null })]).toEqual(['stored', 'duplicate']);
  expect([await append({ itemHash: null }), await append({ itemHash: null })]).toEqual(['stored', 'stored']);
  await store.close();
  const again = await openFilled(dataDir);
  expect(await appended(again, item())).toEqual({ kind: 'duplicate' });
  expect(await custodyOf(again)).toMatchObject({ stored: 7, duplicates: 3 });
});
