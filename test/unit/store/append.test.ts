import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import { openStore } from '../../../src/main/store';
import { counted, device, frame, newFolder, openFilled, session, T0 } from './store-fixture';

test('a stored frame is read back as it was given, after a restart too', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  const given = frame(
    { gps: { latitude: 47.6, longitude: -122.3 }, text: 'ü "x"\n' },
    { boot: 'b1', seq: 7, capturedAtMs: T0 - 40, correctedAtMs: T0 - 20, batteryPct: 81.5, flags: ['a', 'b:c'] },
  );
  const outcome = await appended(store, given);
  expect(outcome).toEqual({ kind: 'stored', frameId: 1 });
  const { body, media: _, ...rest } = given;
  const expected = { ...rest, frameId: 1, liveAtMs: T0 - 20, data: JSON.parse(body) as object };
  expect((await store.frames({ limit: 10 })).items).toEqual([expected]);
  await store.close();

  const again = await openFilled(dataDir);
  expect(again.hubId).toBe(store.hubId);
  expect(again.atOpen.devices).toEqual([device('d1')]);
  expect(again.atOpen.sessions).toEqual([{ ...session('s1'), frames: 1, devices: 1 }]);
  expect(again.atOpen.lastReceivedAtMs).toBe(T0);
  expect((await again.frames({ limit: 10 })).items).toEqual([expected]);
});

test('(device, boot, seq) is stored once; frames that do not count are never taken for repeats', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await store.saveDevice(device('d2'));
  const first = await Promise.all([
    appended(store, counted(1)),
    appended(store, counted(1)),
    appended(store, counted(1, { deviceId: 'd2' })),
    appended(store, counted(1, { boot: 'b2' })),
    appended(store, frame({ id: 1 })),
    appended(store, frame({ id: 1 })),
  ]);
  expect(first.map((outcome) => outcome.kind)).toEqual(['stored', 'duplicate', 'stored', 'stored', 'stored', 'stored']);
  await store.close();
  const again = await openFilled(dataDir);
  expect(await appended(again, counted(1))).toEqual({ kind: 'duplicate' });
  expect(again.stats).toMatchObject({ frames: 0, duplicates: 1 });
  expect(await again.deviceCounts('d1')).toEqual({ framesTotal: 4 });
});

test('what is appended in one turn of the event loop shares a transaction; of very many each keeps its place', async () => {
  const store = await openFilled(await newFolder());
  const before = store.stats.commits;
  const appends = Array.from({ length: 100 }, (_, index) => appended(store, counted(index + 1)));
  expect(store.waiting.frames).toBe(100);
  const outcomes = await Promise.all(appends);
  expect(outcomes.map((outcome) => (outcome.kind === 'stored' ? outcome.frameId : 0))).toEqual(
    Array.from({ length: 100 }, (_, index) => index + 1),
  );
  expect(store.stats.commits - before).toBe(1);
  expect(store.waiting).toMatchObject({ frames: 0, bytes: 0 });

  const many = await Promise.all(Array.from({ length: 2000 }, (_, index) => appended(store, counted(index + 101))));
  expect(many.map((outcome) => (outcome.kind === 'stored' ? outcome.frameId : 0))).toEqual(
    Array.from({ length: 2000 }, (_, index) => index + 101),
  );
});

test('drain is told once the queue has been full and half of it is free again', async () => {
  const store = await openFilled(await newFolder());
  let drains = 0;
  store.onDrain(() => {
    drains += 1;
  });
  await appended(store, counted(1));
  expect(drains).toBe(0);
  await Promise.all(Array.from({ length: 4096 }, (_, index) => appended(store, counted(index + 2))));
  expect(drains).toBe(1);
});

test('a frame of a device that was never saved is refused, its neighbours are not', async () => {
  const store = await openFilled(await newFolder());
  const [good, bad] = await Promise.allSettled([
    appended(store, counted(1)),
    appended(store, counted(1, { deviceId: 'nobody' })),
  ]);
  expect(good).toMatchObject({ status: 'fulfilled', value: { kind: 'stored' } });
  expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'internal' } });
});

test('close commits what waits; calls after it are refused', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  const append = appended(store, counted(1));
  await store.close();
  expect(await append).toMatchObject({ kind: 'stored' });
  await expect(appended(store, counted(2))).rejects.toMatchObject({ code: 'closed' });
  await expect(store.frames({ limit: 1 })).rejects.toMatchObject({ code: 'closed' });
  await store.close();
});

test('device keys and changed rows are there at the next start', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  const renamed = { ...device('d1'), name: 'Ann', isClaimed: true };
  await Promise.all([
    store.saveDevice(renamed),
    store.saveDeviceKey({ hash: 'h1', deviceId: 'd1', issuedAtMs: T0 }),
    store.saveSession(session('s1', { name: 'North', endedAtMs: T0 + 5 })),
    store.saveSession(session('s2', { startedAtMs: T0 + 5 })),
  ]);
  await store.close();
  const again = await openStore({ dataDir });
  expect(again.atOpen).toEqual({
    settings: {},
    devices: [renamed],
    deviceKeys: [{ hash: 'h1', deviceId: 'd1', issuedAtMs: T0 }],
    sessions: [
      { ...session('s2', { startedAtMs: T0 + 5 }), frames: 0, devices: 0 },
      { ...session('s1', { name: 'North', endedAtMs: T0 + 5 }), frames: 0, devices: 0 },
    ],
    lastReceivedAtMs: null,
  });
  await again.close();
});
