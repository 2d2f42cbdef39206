import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import { openStore, type Store, type StoreTrouble } from '../../../src/main/store';
import { DiskWatch } from '../../../src/main/store/disk-watch';
import { Troubles } from '../../../src/main/store/troubles';
import { counted, device, newFolder, session } from './store-fixture';

const MIB = 1024 * 1024;

/** A store on a disk with the free space of `disk.mib`, looked at every few milliseconds. */
async function openOn(disk: { mib: number; looks: number }): Promise<{ store: Store; told: StoreTrouble[] }> {
  const freeBytes = () => {
    disk.looks += 1;
    return Number.isNaN(disk.mib) ? Promise.reject(new Error('not known here')) : Promise.resolve(disk.mib * MIB);
  };
  const store = await openStore({ dataDir: await newFolder(), disk: { freeBytes, intervalMs: 5 } });
  const told: StoreTrouble[] = [];
  store.onTrouble((trouble) => told.push(trouble));
  await Promise.all([store.saveDevice(device('d1')), store.saveSession(session('s1'))]);
  return { store, told };
}

test('low is told, full refuses, and both are left only with room to spare', async () => {
  const disk = { mib: 5000, looks: 0 };
  const { store, told } = await openOn(disk);
  const levels = () => told.map((trouble) => (trouble.kind === 'disk' ? trouble.level : trouble.kind));
  const until = async (level: string): Promise<void> => {
    await expect.poll(levels, { interval: 2 }).toContain(level);
  };
  // The watch looks again and again: after three more looks it has seen what is true now.
  const looks = async (): Promise<void> => {
    const enough = disk.looks + 3;
    await expect.poll(() => disk.looks, { interval: 2 }).toBeGreaterThanOrEqual(enough);
  };

  expect(levels()).toEqual([]);
  disk.mib = 1000;
  await until('low');
  expect(await appended(store, counted(1))).toMatchObject({ kind: 'stored' });

  disk.mib = 63;
  await until('full');
  await expect(appended(store, counted(2))).rejects.toMatchObject({ code: 'storage_unavailable' });
  const batch = store.appendBatch([counted(2)], [], { deviceId: 'd1', boot: 'b1' });
  await expect(batch).rejects.toThrow('The disk is full: 63 MiB are left');
  expect(store.waiting.frames).toBe(0);

  disk.mib = 70;
  await looks();
  await expect(appended(store, counted(2))).rejects.toMatchObject({ code: 'storage_unavailable' });
  disk.mib = Number.NaN;
  await looks();
  await expect(appended(store, counted(2))).rejects.toMatchObject({ code: 'storage_unavailable' });

  told.length = 0;
  disk.mib = 90;
  await until('low');
  expect(await appended(store, counted(2))).toMatchObject({ kind: 'stored' });
  disk.mib = 1100;
  await looks();
  disk.mib = 1300;
  await until('ok');
  expect(levels()).toEqual(['low', 'ok']);
  await store.close();
});

test('a disk that is full when the store opens is told at once, and the log can be read', async () => {
  const { store, told } = await openOn({ mib: 10, looks: 0 });
  expect(told).toEqual([{ kind: 'disk', level: 'full', freeBytes: 10 * MIB }]);
  await expect(appended(store, counted(1))).rejects.toMatchObject({ code: 'storage_unavailable' });
  expect(await store.frames({ limit: 1 })).toEqual({ items: [], next: null });
  await store.close();
});

test.each([
  ['free pages of the database are room, too', 50, 20, 'low'],
  ['they are not enough', 50, 10, 'full'],
  ['without the disk for a write-ahead log they are of no use', 30, 5000, 'full'],
])('%s', async (_, diskMib, reusableMib, level) => {
  const troubles = new Troubles(() => {});
  const watch = new DiskWatch(
    '.',
    { freeBytes: () => Promise.resolve(diskMib * MIB) },
    { troubles, log: () => {}, reusableBytes: () => Promise.resolve(reusableMib * MIB) },
  );
  const told: StoreTrouble[] = [];
  troubles.listen((trouble) => told.push(trouble));
  await watch.look();
  expect(told).toEqual([{ kind: 'disk', level, freeBytes: diskMib * MIB }]);
  expect(watch.refusal() === null).toBe(level === 'low');
  watch.close();
});
