import { mkdir, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import type { StoreTrouble } from '../../../src/main/store';
import { counted, device, newFolder, openFilled, photo } from './store-fixture';

test('a photo is a file named by its content, once however often it comes', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  const image = photo('jpeg bytes');
  await Promise.all([appended(store, counted(1, { media: [image] })), appended(store, counted(2, { media: [image] }))]);
  const path = join(dataDir, 'media', image.sha256.slice(0, 2), `${image.sha256}.jpg`);
  expect(await store.media(image.sha256)).toEqual({
    sha256: image.sha256,
    bytes: 10,
    mime: 'image/jpeg',
    extension: 'jpg',
    path,
  });
  expect(await readFile(path, 'utf8')).toBe('jpeg bytes');
  const longAgo = new Date(0);
  await utimes(path, longAgo, longAgo);
  await appended(store, counted(3, { media: [image] }));
  expect((await stat(path)).mtimeMs).toBe(0);
  expect(await readdir(join(path, '..'))).toEqual([`${image.sha256}.jpg`]);
  expect(await store.media('00'.repeat(32))).toBeNull();
});

test('a file left short by a crash is written again', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  const image = photo('the whole photo');
  const folder = join(dataDir, 'media', image.sha256.slice(0, 2));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${image.sha256}.jpg`), 'the wh');
  await appended(store, counted(1, { media: [image] }));
  expect(await readFile(join(folder, `${image.sha256}.jpg`), 'utf8')).toBe('the whole photo');
});

test('when a file cannot be written nothing of its transaction is stored; the next append tries again', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  const image = photo('x');
  await writeFile(join(dataDir, 'media'), 'in the way');
  const outcomes = await Promise.allSettled([
    appended(store, counted(1, { media: [image] })),
    appended(store, counted(2)),
  ]);
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'storage_unavailable' } });
  }
  expect((await store.frames({ limit: 10 })).items).toEqual([]);
  expect(await store.media(image.sha256)).toBeNull();

  await rm(join(dataDir, 'media'));
  expect(await appended(store, counted(1, { media: [image] }))).toMatchObject({ kind: 'stored' });
  expect(await store.media(image.sha256)).toMatchObject({ bytes: 1 });
});

test('bytes that share a buffer with others are stored alone', async () => {
  const store = await openFilled(await newFolder());
  const shared = Buffer.from('aaaPHOTObbb');
  const image = { ...photo('PHOTO'), bytes: shared.subarray(3, 8) };
  await appended(store, counted(1, { media: [image] }));
  const file = await store.media(image.sha256);
  expect(await readFile(file?.path ?? '', 'utf8')).toBe('PHOTO');
});

test('a file of the right size that is rotten is written again before anything is acked against it', async () => {
  const dataDir = await newFolder();
  const image = photo('jpeg bytes');
  const path = join(dataDir, 'media', image.sha256.slice(0, 2), `${image.sha256}.jpg`);
  const first = await openFilled(dataDir);
  await appended(first, counted(1, { media: [image] }));
  await first.close();
  await writeFile(path, 'jpeg rotte');
  const store = await openFilled(dataDir);
  await appended(store, counted(2, { media: [image] }));
  expect(await readFile(path, 'utf8')).toBe('jpeg bytes');
});

test('the check after an unclean stop misses media that are gone or cut off, and says whose they were', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await store.saveDevice(device('d2'));
  const images = ['whole', 'gone', 'cut off'].map(photo);
  const pathOf = (index: number): string => {
    const { sha256 } = images[index] ?? photo('');
    return join(dataDir, 'media', sha256.slice(0, 2), `${sha256}.jpg`);
  };
  for (const [index, image] of images.entries()) {
    await appended(store, counted(index + 1, { deviceId: index === 2 ? 'd2' : 'd1', media: [image] }));
  }
  await store.close();
  await rm(pathOf(1));
  await truncate(pathOf(2), 3);
  await writeFile(join(dataDir, 'hub.pid'), '1\n');
  const told: StoreTrouble[] = [];
  const again = await openFilled(dataDir);
  again.onTrouble((trouble) => told.push(trouble));
  await expect.poll(() => told.map(({ kind }) => kind)).toEqual(['unclean_stop', 'media_lost', 'sound']);
  expect(told[1]).toEqual({ kind: 'media_lost', files: 2, people: ['Name of d1', 'Name of d2'] });
});
