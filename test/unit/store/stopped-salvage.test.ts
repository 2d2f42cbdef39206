import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import { openStore } from '../../../src/main/store';
import { salvage } from '../../../src/main/store/salvage';
import { counted, newFolder, openFilled, photo } from './store-fixture';

const FRAMES = 200;

/** A closed folder that may as well be damaged. */
async function filledFolder(): Promise<string> {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await appended(store, counted(1, { media: [photo('photo')] }));
  await Promise.all(Array.from({ length: FRAMES - 1 }, (_, index) => appended(store, counted(index + 2))));
  await store.close();
  return dataDir;
}

const logOf = (dataDir: string): string => readFileSync(join(dataDir, 'perch.sqlite'), 'base64');

test('a salvage can stop at every row that it reads, to its end; then nothing has changed', async () => {
  const dataDir = await filledFolder();
  const before = logOf(dataDir);
  const rehearsal = await filledFolder();
  let looks = 0;
  salvage(rehearsal, () => {
    looks += 1;
    return false;
  });
  // Copied, looked through for missing owners (three times), for ranges of seqs, for spans, and counted.
  expect(looks).toBeGreaterThanOrEqual(7 * FRAMES);
  for (const last of [0, 1, FRAMES, 2 * FRAMES, 4 * FRAMES, 5 * FRAMES, 6 * FRAMES, looks - 2]) {
    let count = 0;
    expect(() => salvage(dataDir, () => count++ >= last)).toThrow('The store is closed.');
    expect(logOf(dataDir)).toBe(before);
    expect(existsSync(join(dataDir, 'perch.sqlite.salvaged'))).toBe(false);
  }
  expect(salvage(dataDir, () => false)).toMatchObject({ lostFrames: [], lostTables: [] });
  const store = await openFilled(dataDir);
  expect((await store.frames({ limit: 1000 })).items).toHaveLength(FRAMES);
  expect(await store.settledUpTo('d1', 'b1')).toBe(FRAMES);
  await store.close();
});

test('told to stop while it opens a damaged folder, the store gives up; the next one salvages it', async () => {
  const dataDir = await filledFolder();
  writeFileSync(join(dataDir, 'perch.sqlite.damaged'), '');
  await expect(openStore({ dataDir, stop: AbortSignal.abort() })).rejects.toMatchObject({ code: 'closed' });
  const store = await openStore({ dataDir });
  const kinds: string[] = [];
  store.onTrouble(({ kind }) => kinds.push(kind));
  expect(kinds).toContain('salvaged');
  expect((await store.frames({ limit: 1000 })).items).toHaveLength(FRAMES);
  await store.close();
});
