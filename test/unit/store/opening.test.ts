import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import { openReadStore, openStore } from '../../../src/main/store';
import { migrate, SCHEMA_VERSION, schemaVersionOf } from '../../../src/main/store/migrations';
import { counted, newFolder, openFilled } from './store-fixture';

test('a new folder is made for its owner only', async () => {
  const dataDir = join(await newFolder(), 'deep', 'data');
  await openFilled(dataDir);
  expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
});

test('a folder has one hub: the second is told the pid of the first', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  const second = openStore({ dataDir });
  await expect(second).rejects.toMatchObject({ code: 'locked' });
  await expect(second).rejects.toThrow(`process ${process.pid}`);
  expect(await appended(store, counted(1))).toMatchObject({ kind: 'stored' });
  await store.close();
  await expect(readFile(join(dataDir, 'hub.pid'))).rejects.toMatchObject({ code: 'ENOENT' });
  await openFilled(dataDir);
});

test.each([
  [
    'below a file',
    async () => {
      const file = join(await newFolder(), 'file');
      await writeFile(file, '');
      return join(file, 'data');
    },
  ],
  ['where nobody may write', () => Promise.resolve('/proc/perch')],
])('a folder %s is unwritable, in a sentence that names it', async (_, make) => {
  const dataDir = await make();
  const opening = openStore({ dataDir });
  await expect(opening).rejects.toMatchObject({ name: 'StoreError', code: 'unwritable' });
  await expect(opening).rejects.toThrow(dataDir);
});

test('a newer schema is refused by writer and reader, and the folder is free again', async () => {
  const dataDir = await newFolder();
  await (await openFilled(dataDir)).close();
  const setVersion = (version: number) => {
    const db = new Sqlite(join(dataDir, 'perch.sqlite'));
    db.pragma(`user_version = ${version}`);
    db.close();
  };
  setVersion(SCHEMA_VERSION + 1);
  await expect(openStore({ dataDir })).rejects.toMatchObject({ code: 'newer_schema' });
  await expect(openReadStore({ dataDir })).rejects.toMatchObject({ code: 'newer_schema' });
  setVersion(SCHEMA_VERSION);
  await openFilled(dataDir);
});

test('migrations take an empty database to the newest schema, and a second run changes nothing', () => {
  const db = new Sqlite(':memory:');
  expect(schemaVersionOf(db)).toBe(0);
  migrate(db);
  expect(schemaVersionOf(db)).toBe(SCHEMA_VERSION);
  const schema = () => db.prepare('SELECT sql FROM sqlite_schema').pluck().all();
  const hubId = () => db.prepare("SELECT value FROM meta WHERE key = 'hub_id'").pluck().get();
  const before = [schema(), hubId()];
  migrate(db);
  expect([schema(), hubId()]).toEqual(before);
  db.close();
});

test('an older schema is not migrated by a reader', async () => {
  const dataDir = await newFolder();
  const db = new Sqlite(join(dataDir, 'perch.sqlite'));
  db.exec('CREATE TABLE t (x)');
  db.close();
  await expect(openReadStore({ dataDir })).rejects.toMatchObject({ code: 'no_data' });
  await expect(openReadStore({ dataDir: join(dataDir, 'none') })).rejects.toMatchObject({ code: 'no_data' });
});

test('a reader reads beside a running hub, and when none runs', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await appended(store, counted(1));
  const beside = await openReadStore({ dataDir });
  expect(beside.hubId).toBe(store.hubId);
  expect((await beside.frames({ limit: 10 })).items).toHaveLength(1);
  await appended(store, counted(2));
  expect((await beside.frames({ limit: 10 })).items).toHaveLength(2);
  await store.close();
  expect((await beside.frames({ limit: 10 })).items).toHaveLength(2);
  await beside.close();

  const alone = await openReadStore({ dataDir });
  expect(await alone.listSessions()).toMatchObject([{ sessionId: 's1', frames: 2, devices: 1 }]);
  expect(await alone.listDevices()).toMatchObject([{ deviceId: 'd1' }]);
  await alone.close();
  await openFilled(dataDir);
});
