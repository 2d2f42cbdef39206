import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import type { FrameSelection, Store } from '../../../src/main/store';
import { counted, device, frame, newFolder, openFilled, session, T0 } from './store-fixture';

const at = (latitude: number, change: Parameters<typeof frame>[1] = {}) =>
  frame({ gps: { latitude, longitude: 8 } }, change);

/** Sessions s1 (ended) and s2 with two devices: ids 1 to 6. */
async function openSample(): Promise<Store> {
  const store = await openFilled(await newFolder());
  await Promise.all([
    store.saveDevice(device('d2')),
    store.saveSession(session('s1', { endedAtMs: T0 + 300 })),
    store.saveSession(session('s2', { startedAtMs: T0 + 300 })),
    appended(store, counted(1, { receivedAtMs: T0 })),
    appended(store, counted(2, { receivedAtMs: T0 + 100 })),
    appended(store, counted(1, { receivedAtMs: T0 + 100, deviceId: 'd2' })),
    appended(store, counted(3, { receivedAtMs: T0 + 300, sessionId: 's2' })),
    appended(store, counted(2, { receivedAtMs: T0 + 400, deviceId: 'd2', sessionId: 's2' })),
    appended(store, counted(4, { receivedAtMs: T0 + 500, sessionId: 's2' })),
  ]);
  return store;
}

const SELECTIONS: readonly (readonly [FrameSelection, readonly number[]])[] = [
  [{}, [1, 2, 3, 4, 5, 6]],
  [{ deviceId: 'd1' }, [1, 2, 4, 6]],
  [{ sessionId: 's1' }, [1, 2, 3]],
  [{ sessionId: 'latest' }, [4, 5, 6]],
  [{ sessionId: 's2', deviceId: 'd1' }, [4, 6]],
  [{ fromMs: T0 + 100 }, [2, 3, 4, 5, 6]],
  [{ toMs: T0 + 100 }, [1, 2, 3]],
  [{ fromMs: T0 + 101, toMs: T0 + 400 }, [4, 5]],
  [{ sessionId: 's2', fromMs: T0 + 400 }, [5, 6]],
  [{ deviceId: 'd2', toMs: T0 + 399 }, [3]],
  [{ sessionId: 's1', fromMs: T0 + 301 }, []],
];

test.each(SELECTIONS)('frames of %j, whole and page by page, and as exported', async (selection, ids) => {
  const store = await openSample();
  const whole = await store.frames({ ...selection, limit: 1000 });
  expect(whole.items.map((item) => item.frameId)).toEqual(ids);
  expect(whole.next).toBeNull();

  const paged: number[] = [];
  let after: number | null = null;
  do {
    const page = await store.frames({ ...selection, limit: 1, after });
    paged.push(...page.items.map((item) => item.frameId));
    after = page.next;
  } while (after !== null);
  expect(paged).toEqual(ids);

  const { totalFrames, pages } = await store.exportRows(selection);
  const exported: number[] = [];
  for await (const rows of pages) exported.push(...rows.map((row) => row.frameId));
  expect(exported).toEqual(ids);
  expect(totalFrames).toBe(ids.length);
});

test('an unknown device or session is not found', async () => {
  const store = await openSample();
  for (const selection of [{ deviceId: 'nobody' }, { sessionId: 'none' }]) {
    await expect(store.frames({ ...selection, limit: 1 })).rejects.toMatchObject({ code: 'not_found' });
    await expect(store.exportRows(selection)).rejects.toMatchObject({ code: 'not_found' });
  }
  await expect(store.latest({ sessionId: 'none' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(store.deviceCounts('nobody')).rejects.toMatchObject({ code: 'not_found' });
});

test('sessions with their counters, newest first; frames of a device', async () => {
  const store = await openSample();
  await appended(store, counted(1, { sessionId: 's1' }));
  expect(await store.listSessions()).toEqual([
    { ...session('s2', { startedAtMs: T0 + 300 }), frames: 3, devices: 2 },
    { ...session('s1', { endedAtMs: T0 + 300 }), frames: 3, devices: 2 },
  ]);
  expect(await store.deviceCounts('d1')).toEqual({ framesTotal: 4 });
});

test('latest: the newest frame of each kind by the live rule, and the newest of all', async () => {
  const store = await openFilled(await newFolder());
  const minute = 60_000;
  const given = [
    at(1, { receivedAtMs: T0, capturedAtMs: T0 }),
    frame({ orientation: { alpha: 1 } }, { receivedAtMs: T0 + 1 }),
    frame({ weather: { data: { temperature: 3 } }, objectsDetected: [] }, { receivedAtMs: T0 + 2 }),
    frame(
      { photo: { sha256: '00', bytes: 1, mime: 'image/jpeg' }, orientation: { alpha: null } },
      { receivedAtMs: T0 + 3 },
    ),
    frame({ motion: { accelerationX: 1 }, weather: { data: null, status: 'off' } }, { receivedAtMs: T0 + 4 }),
    // Backfill: sent later, captured before.
    at(2, { receivedAtMs: T0 + 5, capturedAtMs: T0 - minute }),
    // A clock a day and more behind is not believed: its time is when it came.
    at(3, { receivedAtMs: T0 + 6, capturedAtMs: T0 - 25 * 60 * minute }),
    frame({ text: 'last' }, { receivedAtMs: T0 + 7 }),
  ];
  for (const one of given) await appended(store, one);
  const [latest, ...others] = await store.latest({ sessionId: 's1' });
  expect(others).toEqual([]);
  expect(latest).toMatchObject({ deviceId: 'd1', frames: 8, lastReceivedAtMs: T0 + 7 });
  expect(latest?.newest.map((item) => item.frameId)).toEqual([2, 3, 4, 5, 7, 8]);
});

test('latest is the same whether its frames shared a transaction, or a restart lay between', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await Promise.all(
    [at(2, { receivedAtMs: T0 + 50 }), at(1, { receivedAtMs: T0 + 20 })].map((one) => appended(store, one)),
  );
  await store.close();
  const again = await openFilled(dataDir);
  await appended(again, at(3, { receivedAtMs: T0 + 30 }));
  const [latest] = await again.latest({ sessionId: 's1' });
  expect(latest?.newest.map((item) => item.frameId)).toEqual([1, 3]);
});

test('a track is oldest first by the live rule, of one device and session', async () => {
  const store = await openSample();
  await Promise.all([
    appended(store, at(1, { receivedAtMs: T0 + 1000, capturedAtMs: T0 + 900 })),
    appended(store, at(2, { receivedAtMs: T0 + 1001, capturedAtMs: T0 + 800 })),
    appended(store, at(3, { deviceId: 'd2' })),
    appended(store, at(4, { sessionId: 's2' })),
    appended(store, frame({ gps: null })),
  ]);
  expect(await store.track({ deviceId: 'd1', sessionId: 's1', limit: 10 })).toEqual([
    { latitude: 2, longitude: 8, atMs: T0 + 800 },
    { latitude: 1, longitude: 8, atMs: T0 + 900 },
  ]);
});

test('a long track is thinned evenly by time, its ends kept', async () => {
  const store = await openFilled(await newFolder());
  // Ten a second for the first minute, one a second for nine more.
  const times = [
    ...Array.from({ length: 600 }, (_, index) => index * 100),
    ...Array.from({ length: 540 }, (_, index) => 60_000 + index * 1000),
  ];
  await Promise.all(times.map((ms) => appended(store, at(1, { receivedAtMs: T0 + ms }))));
  const track = await store.track({ deviceId: 'd1', sessionId: 's1', limit: 100 });
  expect(track).toHaveLength(100);
  expect(track[0]?.atMs).toBe(T0);
  expect(track.at(-1)?.atMs).toBe(T0 + 599_000);
  const gaps = track.slice(1).map((point, index) => point.atMs - (track[index]?.atMs ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(7100);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5000);
});

test('frames received in the same millisecond are paged without loss', async () => {
  const store = await openFilled(await newFolder());
  await Promise.all(Array.from({ length: 25 }, () => appended(store, frame({}))));
  const seen: number[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = await store.frames({ limit: 10, after });
    seen.push(...page.items.map((item) => item.frameId));
    after = page.next;
  }
  expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
});
