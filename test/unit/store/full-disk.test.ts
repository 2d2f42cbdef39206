import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import { counted, device, newFolder, openFilled, session } from './store-fixture';

// 4 KiB pages: the empty schema takes some 30.
const MAX_PAGES = 150;
const big = (seq: number) => counted(seq, { body: JSON.stringify({ text: 'x'.repeat(1_000_000) }) });

test('a full disk refuses the whole transaction, and the store recovers by itself', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir, { maxPages: MAX_PAGES });
  await appended(store, counted(1));
  const outcomes = await Promise.allSettled([
    appended(store, counted(2)),
    appended(store, big(3)),
    appended(store, counted(4)),
  ]);
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'storage_unavailable' } });
  }
  expect(store.waiting).toMatchObject({ frames: 0, bytes: 0 });
  expect(await store.settledUpTo('d1', 'b1')).toBe(1);

  expect(await appended(store, counted(2))).toMatchObject({ kind: 'stored' });
  expect(await store.settledUpTo('d1', 'b1')).toBe(2);
  expect((await store.frames({ limit: 10 })).items.map((frame) => frame.seq)).toEqual([1, 2]);
  expect(await store.listSessions()).toMatchObject([{ frames: 2, devices: 1 }]);
});

test('devices and sessions a full disk did not take are saved with the next append', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir, { maxPages: MAX_PAGES });
  const outcomes = await Promise.allSettled([
    store.saveDevice(device('d2')),
    store.saveSession(session('s2')),
    appended(store, big(1)),
  ]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'rejected']);
  const next = counted(1, { deviceId: 'd2', sessionId: 's2' });
  expect(await appended(store, next)).toMatchObject({ kind: 'stored' });
  expect((await store.listDevices()).map((one) => one.deviceId)).toEqual(['d1', 'd2']);
});
