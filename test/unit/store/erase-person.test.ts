import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import { counted, device, frame, newFolder, openFilled, photo, session, T0 } from './store-fixture';

test('a person is erased over all sessions while others send; seqs stay settled, the count stays', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await Promise.all([store.saveDevice(device('d2')), store.saveSession(session('s2', { startedAtMs: T0 + 10 }))]);
  const [own, shared] = [photo('own'), photo('shared')];
  const secret = JSON.stringify({ text: `secret ${'s'.repeat(100)}` });
  await Promise.all(Array.from({ length: 1000 }, (_, at) => appended(store, counted(at + 1, { body: secret }))));
  await appended(store, frame({}, { sessionId: 's2', media: [own, shared], receivedAtMs: T0 + 5000 }));
  await appended(store, frame({ who: 'other' }, { deviceId: 'd2', media: [shared], receivedAtMs: T0 + 6000 }));
  const entry = { atMs: T0, action: 'device.noted', actor: 'operator', deviceId: 'd1' } as const;
  await store.recordAudit({ ...entry, address: '10.0.0.7', detail: 'about somebody' });
  const paths = await Promise.all([own, shared].map(async ({ sha256 }) => (await store.media(sha256))?.path ?? ''));

  let isErased = false;
  const erasing = store.eraseDevice('d1').then((gone) => {
    isErased = true;
    return gone;
  });
  for (let seq = 1; !isErased; seq += 1)
    await appended(store, counted(seq, { deviceId: 'd2', receivedAtMs: T0 + 7000 + seq }));
  expect(await erasing).toEqual({ frames: 1001, mediaFiles: 1, media: [own.sha256] });

  expect(paths.map((path) => existsSync(path))).toEqual([false, true]);
  expect(await store.deviceCounts('d1')).toEqual({ framesTotal: 0 });
  expect((await store.frames({ deviceId: 'd1', limit: 9 })).items).toEqual([]);
  const custody = await store.custody({ sessionId: 's1', deviceId: 'd1', lateAfterMs: 1000 });
  expect(custody).toMatchObject([{ stored: 0, erased: 1000, missing: 0, holes: [], bytes: 0 }]);
  expect(await store.custody({ sessionId: 's2', lateAfterMs: 1000 })).toMatchObject([{ deviceId: 'd1', erased: 1 }]);
  expect(await store.settledUpTo('d1', 'b1')).toBe(1000);
  const { entries } = await store.audit({ deviceId: 'd1', search: '', before: null, limit: 9 });
  expect(entries).toMatchObject([{ action: 'device.noted', detail: '', address: null }]);
  await expect(store.eraseDevice('d9')).rejects.toMatchObject({ code: 'not_found' });

  // What comes later is counted anew.
  await appended(store, counted(1001, { receivedAtMs: T0 + 9000 }));
  expect(await store.custody({ sessionId: 's1', deviceId: 'd1', lateAfterMs: 1000 })).toMatchObject([
    { stored: 1, erased: 1000 },
  ]);
  await store.close();
  const db = new Sqlite(join(dataDir, 'perch.sqlite'), { readonly: true });
  expect(db.pragma('foreign_key_check')).toEqual([]);
  db.close();
});

/** How often each word is in the database and in its write-ahead log, as bytes. */
function countedIn(dataDir: string, words: readonly string[]): number[] {
  const bytes = ['perch.sqlite', 'perch.sqlite-wal'].map((name) =>
    readFileSync(join(dataDir, name)).toString('latin1'),
  );
  return words.map((word) => bytes.reduce((sum, text) => sum + text.split(word).length - 1, 0));
}

test('no word of a person is left in the files of an open store, whoever sent frames between theirs', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await Promise.all(['d2', 'd3'].map((deviceId) => store.saveDevice(device(deviceId))));
  await store.saveDevice({ ...device('d1'), name: 'Marker-Name', note: 'Marker-Note'.repeat(20) });
  const words: Record<string, string> = { d1: 'Marker-One', d2: 'Marker-Two', d3: 'Marker-Three' };
  // Bodies of all sizes, over pages too, most of one person: rows move when their neighbours go.
  const frames = Array.from({ length: 3000 }, (_, at) => {
    const deviceId = at % 10 === 4 ? 'd2' : at % 10 === 8 ? 'd3' : 'd1';
    const text = `${words[deviceId]} `.repeat(at % 97 === 0 ? 900 : 1 + ((at * 7) % 40));
    return frame({ text }, { deviceId, receivedAtMs: T0 + at });
  });
  for (let at = 0; at < frames.length; at += 500)
    await Promise.all(frames.slice(at, at + 500).map((frame) => appended(store, frame)));
  const entry = { atMs: T0, action: 'device.noted', actor: 'operator', deviceId: 'd1' } as const;
  for (let at = 0; at < 100; at += 1)
    await store.recordAudit({ ...entry, address: null, detail: `Marker-Audit ${at}` });
  const all = ['Marker-One', 'Marker-Two', 'Marker-Three', 'Marker-Name', 'Marker-Note', 'Marker-Audit'];
  expect(countedIn(dataDir, all).every((times) => times > 0)).toBe(true);

  await store.saveDevice({ ...device('d1'), name: 'Erased person' });
  expect(await store.eraseDevice('d1')).toMatchObject({ frames: 2400 });
  const [one, two, three, ...rest] = countedIn(dataDir, all);
  expect([one, ...rest]).toEqual([0, 0, 0, 0]);
  expect([two, three].every((times) => (times ?? 0) > 0)).toBe(true);
  // What another erasure moved about is found too.
  await store.eraseDevice('d2');
  await store.eraseDevice('d3');
  expect(countedIn(dataDir, all)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(await store.deviceCounts('d1')).toEqual({ framesTotal: 0 });
});
