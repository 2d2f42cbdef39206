import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import type { DeviceCustody, ExportRow, Store } from '../../../src/main/store';
import { migrate, SCHEMA_VERSION } from '../../../src/main/store/migrations';
import { counted, device, frame, newFolder, openFilled, session, T0 } from './store-fixture';

/** d2 is shown as d1, d3 is by itself; each sends in turn. */
async function openMerged(dataDir: string): Promise<Store> {
  const store = await openFilled(dataDir);
  await store.saveDevice({ ...device('d2'), mergedInto: 'd1' });
  await store.saveDevice(device('d3'));
  for (let seq = 1; seq <= 30; seq += 1) {
    const deviceId = `d${(seq % 3) + 1}`;
    const data = { id: seq, gps: { latitude: seq, longitude: 1 } };
    const capturedAtMs = T0 + seq - (deviceId === 'd2' ? 20 : 10);
    await appended(store, counted(seq, { deviceId, capturedAtMs, body: JSON.stringify(data) }));
  }
  return store;
}

async function exported(store: Store, selection: Parameters<Store['exportRows']>[0]) {
  const { pages, totalFrames } = await store.exportRows(selection);
  const rows: ExportRow[] = [];
  for await (const page of pages) rows.push(...page);
  expect(rows).toHaveLength(totalFrames);
  return rows;
}

test('an export names who a device is shown as, in the order of the log; either id chooses both', async () => {
  const store = await openMerged(await newFolder());
  const all = await exported(store, {});
  expect(all.map(({ frameId }) => frameId)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  expect(new Set(all.map(({ deviceId, deviceName }) => `${deviceId} ${deviceName}`))).toEqual(
    new Set(['d1 Name of d1', 'd3 Name of d3']),
  );
  for (const deviceId of ['d1', 'd2']) {
    const rows = await exported(store, { deviceId, sessionId: 's1' });
    expect(rows).toEqual(all.filter((row) => row.deviceId === 'd1'));
    expect(await exported(store, { deviceId, fromMs: T0 + 15, toMs: T0 + 35 })).toEqual(
      rows.filter(({ receivedAtMs }) => receivedAtMs >= T0 + 15 && receivedAtMs <= T0 + 35),
    );
  }
  await store.saveDevice(device('d2'));
  expect((await exported(store, { deviceId: 'd1' })).map(({ deviceId }) => deviceId)).toEqual(Array(10).fill('d1'));
  expect((await exported(store, { deviceId: 'd2' })).map(({ deviceId }) => deviceId)).toEqual(Array(10).fill('d2'));
});

test('pages of a person go through the frames of all their devices once, each under the device that sent it', async () => {
  const store = await openMerged(await newFolder());
  const seen: string[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const { items, next } = await store.frames({ deviceId: 'd2', limit: 7, after });
    seen.push(...items.map(({ frameId, deviceId }) => `${frameId} ${deviceId}`));
    after = next;
  }
  const own = Array.from({ length: 30 }, (_, index) => index + 1).filter((seq) => seq % 3 !== 2);
  expect(seen).toEqual(own.map((seq) => `${seq} d${(seq % 3) + 1}`));
});

test('custody is the sum, with holes per boot; counts, tracks and sessions are by person', async () => {
  const store = await openMerged(await newFolder());
  await store.recordRefused('too_large', 2, { deviceId: 'd2', sessionId: 's1' });
  await store.recordRefused('too_large', 1, { deviceId: 'd1', sessionId: 's1' });
  const custody = await store.custody({ sessionId: 's1', lateAfterMs: 15 });
  expect(custody.map(({ deviceId, stored, missing, late }) => ({ deviceId, stored, missing, late }))).toEqual([
    { deviceId: 'd1', stored: 20, missing: 36, late: 10 },
    { deviceId: 'd3', stored: 10, missing: 18, late: 0 },
  ]);
  expect(custody[0]).toMatchObject({ refused: { too_large: 3 }, delay: { p50Ms: 10, p95Ms: 20, maxMs: 20 } });
  expect(custody[0]?.holes.map(({ boot }) => boot)).toEqual(['b1', 'b1']);
  expect(custody[0]).toMatchObject({ firstAtMs: T0 + 1, lastAtMs: T0 + 30 });
  const [own] = await store.custody({ sessionId: 's1', deviceId: 'd2', lateAfterMs: 15 });
  const byStart = (one: DeviceCustody | undefined) =>
    one?.holes.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  expect({ ...own, holes: byStart(own) }).toEqual({ ...custody[0], holes: byStart(custody[0]) });

  expect(await store.deviceCounts('d2')).toEqual({ framesTotal: 20 });
  expect((await store.listSessions()).map(({ devices, frames }) => ({ devices, frames }))).toEqual([
    { devices: 2, frames: 30 },
  ]);
  const points = await store.track({ deviceId: 'd1', sessionId: 's1', limit: 100 });
  expect(points.map(({ latitude }) => latitude).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 30 }, (_, index) => index + 1).filter((seq) => seq % 3 !== 2),
  );
  expect(points).toEqual(points.toSorted((a, b) => a.atMs - b.atMs));
  const thinned = await store.track({ deviceId: 'd1', sessionId: 's1', limit: 5 });
  expect(thinned).toHaveLength(5);
  expect(thinned.at(-1)).toEqual(points.at(-1));
});

test('what was done to a person is what was done to any device of theirs, newest first, page by page', async () => {
  const store = await openMerged(await newFolder());
  const entry = { atMs: T0, action: 'device.noted', actor: 'operator', address: null } as const;
  for (const [index, deviceId] of ['d1', 'd2', 'd3', 'd2', 'd1'].entries()) {
    await store.recordAudit({ ...entry, deviceId, detail: `${index}` });
  }
  const page = (before: number | null) => store.audit({ deviceId: 'd2', search: '', before, limit: 3 });
  const first = await page(null);
  expect(first.entries.map(({ detail, deviceId }) => `${detail} ${deviceId}`)).toEqual(['4 d1', '3 d2', '1 d2']);
  expect((await page(first.next)).entries.map(({ detail }) => detail)).toEqual(['0']);
});

test('who was merged into a person follows them; a person the log has lost is nobody to be shown as', async () => {
  const dataDir = await newFolder();
  const store = await openMerged(dataDir);
  await store.saveDevice({ ...device('d1'), mergedInto: 'd3' });
  await store.saveSession(session('s2', { startedAtMs: T0 + 100 }));
  await appended(store, frame({}, { deviceId: 'd2', sessionId: 's2', receivedAtMs: T0 + 200 }));
  expect(new Set((await exported(store, { deviceId: 'd2' })).map(({ deviceId }) => deviceId))).toEqual(new Set(['d3']));
  expect((await store.listSessions()).map(({ sessionId, devices }) => [sessionId, devices])).toEqual([
    ['s2', 1],
    ['s1', 1],
  ]);
  await store.close();
  const again = await openFilled(dataDir);
  expect(again.atOpen.devices.map(({ deviceId, mergedInto }) => [deviceId, mergedInto])).toEqual([
    ['d1', 'd3'],
    ['d2', 'd1'],
    ['d3', null],
  ]);
  await again.saveDevice({ ...device('d2'), mergedInto: 'gone' });
  expect((await exported(again, { deviceId: 'd2' })).at(-1)).toMatchObject({
    deviceId: 'd2',
    deviceName: 'Name of d2',
  });
});

test('merged people, migration 9: everybody is as before', async () => {
  const dataDir = await newFolder();
  const db = new Sqlite(join(dataDir, 'perch.sqlite'));
  migrate(db, 8);
  db.exec(`INSERT INTO devices (device, public_id, name, identity, external_id, ordinal, first_seen_at_ms, last_seen_at_ms,
    is_claimed, note) VALUES (1, 'd7', 'Ann', 'deviceId', 'x-d7', 1, ${T0}, ${T0}, 1, 'Radio 7')`);
  db.close();
  const store = await openFilled(dataDir);
  expect(store.atOpen.devices).toMatchObject([{ deviceId: 'd7', name: 'Ann', note: 'Radio 7', mergedInto: null }]);
  expect(SCHEMA_VERSION).toBeGreaterThanOrEqual(9);
});
