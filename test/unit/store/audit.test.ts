import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../src/main/store/migrations';
import type { NewAuditEntry } from '../../../src/main/store/store';
import { newFolder, openFilled, T0 } from './store-fixture';

const entry = (detail: string, change: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
  atMs: T0,
  action: 'device.renamed',
  actor: 'operator',
  address: null,
  deviceId: null,
  detail,
  ...change,
});
const ALL = { deviceId: null, search: '', before: null, limit: 10 };

test('it survives a restart, newest first', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await store.recordAudit(entry('one'));
  await store.recordAudit(entry('two', { actor: 'phone', address: '10.0.0.7', deviceId: 'd_never_saved' }));
  await store.close();
  const again = await openFilled(dataDir);
  const { entries, next } = await again.audit(ALL);
  expect(entries.map(({ detail }) => detail)).toEqual(['two', 'one']);
  expect(entries[0]).toEqual({
    auditId: 2,
    ...entry('two', { actor: 'phone', address: '10.0.0.7', deviceId: 'd_never_saved' }),
  });
  expect(next).toBeNull();
  expect((await again.audit({ ...ALL, search: '0.0.7' })).entries).toHaveLength(1);
  expect((await again.audit({ ...ALL, deviceId: 'd_never_saved' })).entries).toHaveLength(1);
  expect((await again.audit({ ...ALL, deviceId: 'd_other' })).entries).toEqual([]);
});

test('the newest 100,000 are kept', async () => {
  const dataDir = await newFolder();
  const db = new Sqlite(join(dataDir, 'perch.sqlite'));
  migrate(db);
  const insert = db.prepare(`INSERT INTO audit (audit, at_ms, action, actor, detail) VALUES (?, 0, 'x', 'hub', '')`);
  for (const id of [1, 2, 3, 100_001]) insert.run(id);
  db.close();
  const store = await openFilled(dataDir);
  await store.recordAudit(entry('the newest'));
  const { entries } = await store.audit(ALL);
  expect(entries.map(({ auditId }) => auditId)).toEqual([100_002, 100_001, 3]);
});

test('migration 4 adds it to a log that has frames already', () => {
  const db = new Sqlite(':memory:');
  migrate(db, 3);
  db.exec(`INSERT INTO sessions VALUES (1, 's1', 'One', 1, NULL)`);
  migrate(db, 4);
  expect(db.prepare('SELECT count(*) FROM audit').pluck().get()).toBe(0);
  expect(db.prepare('SELECT public_id FROM sessions').pluck().all()).toEqual(['s1']);
  db.close();
});
