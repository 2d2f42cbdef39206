import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '../../../src/main/store/migrations';
import { device, newFolder, openFilled } from './store-fixture';

test('what the operator decided survives a restart', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  const ann = { ...device('d2'), colour: 3, saidColour: 9, note: 'Radio 7', access: 'pending' as const };
  await store.saveDevice(ann);
  await store.saveDeviceKey({ hash: 'a'.repeat(64), deviceId: 'd2', issuedAtMs: 1 });
  await store.saveDeviceKey({ hash: 'b'.repeat(64), deviceId: 'd1', issuedAtMs: 1 });
  await store.deleteDeviceKeys('d2');
  await store.saveSetting('approveFirst', 'false');
  await store.saveSetting('approveFirst', 'true');
  await store.close();
  const { atOpen } = await openFilled(dataDir);
  expect(atOpen.devices[1]).toEqual(ann);
  expect(atOpen.deviceKeys.map(({ deviceId }) => deviceId)).toEqual(['d1']);
  expect(atOpen.settings).toEqual({ approveFirst: 'true' });
});

test('people, migration 5: who is known already is let in, without colour and note', () => {
  const db = new Sqlite(':memory:');
  migrate(db, 4);
  db.exec(`INSERT INTO devices VALUES (1, 'd1', 'Ann', 'username', NULL, 'ann', 1, NULL, NULL, NULL, 5, 6, 1)`);
  migrate(db, 5);
  expect(db.prepare('SELECT name, is_claimed, colour, said_colour, note, access FROM devices').raw().all()).toEqual([
    ['Ann', 1, null, null, '', 'approved'],
  ]);
  db.close();
});
