import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import { openReadStore, type Salvage, type Store } from '../../../src/main/store';
import { counted, newFolder, openFilled, T0 } from './store-fixture';

const FRAMES = 300;
const body = (seq: number): string =>
  JSON.stringify({ id: seq, gps: { latitude: 1, longitude: seq / 100 }, text: 'here' });

/** A closed folder with {@link FRAMES} frames. @param isUnclean as if its hub had been killed */
async function filledFolder(isUnclean: boolean): Promise<string> {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await Promise.all(
    Array.from({ length: FRAMES }, (_, index) => appended(store, counted(index + 1, { body: body(index + 1) }))),
  );
  await store.close();
  if (isUnclean) await writeFile(join(dataDir, 'hub.pid'), '1\n');
  return dataDir;
}

/** Overwrites bytes of the one place in the file where a text stands. */
async function flip(dataDir: string, text: string, offset: number, bytes: readonly number[]): Promise<void> {
  const path = join(dataDir, 'perch.sqlite');
  const content = await readFile(path);
  const at = content.indexOf(text);
  expect(at).toBeGreaterThan(0);
  expect(content.indexOf(text, at + 1)).toBe(-1);
  const file = await open(path, 'r+');
  await file.write(Buffer.from(bytes), 0, bytes.length, at + offset);
  await file.close();
}

const salvageOf = (store: Store): Promise<Salvage> =>
  new Promise((resolve) => {
    store.onTrouble((trouble) => {
      if (trouble.kind === 'salvaged') resolve(trouble.salvage);
    });
  });

async function exported(store: Pick<Store, 'exportRows'>): Promise<{ ids: number[]; damaged: number }> {
  const ids: number[] = [];
  const { pages, damagedFrames } = await store.exportRows({});
  for await (const rows of pages) ids.push(...rows.map(({ frameId }) => frameId));
  return { ids, damaged: damagedFrames() };
}

const allBut = (lost: number): number[] =>
  Array.from({ length: FRAMES }, (_, index) => index + 1).filter((id) => id !== lost);

const FLIPS: readonly (readonly [string, number, number, readonly number[]])[] = [
  ['the newest frame is no JSON any more', FRAMES, 0, [0x23]],
  ['the newest frame has a byte that is no UTF-8', FRAMES, body(FRAMES).indexOf('here'), [0xff]],
  ['an older frame is no JSON any more', 150, 0, [0x5b]],
  ['an older frame has bytes that are no UTF-8', 150, body(150).indexOf('here'), [0xc3, 0x28]],
  ['a body is a number', 150, 0, [...Buffer.from('7'.padEnd(body(150).length))]],
];

test.each(FLIPS)(
  '%s: the check after an unclean stop finds it, and it is told by its range',
  async (_, frameId, offset, bytes) => {
    const dataDir = await filledFolder(true);
    await flip(dataDir, body(frameId), offset, bytes);
    const store = await openFilled(dataDir);
    const lost = {
      from: frameId,
      to: frameId,
      afterMs: T0 + frameId - 1,
      beforeMs: frameId === FRAMES ? null : T0 + frameId + 1,
    };
    expect(await salvageOf(store)).toMatchObject({ lostFrames: [lost], lostTables: [] });
    expect(await exported(store)).toEqual({ ids: allBut(frameId), damaged: 0 });
    const [custody] = await store.custody({ sessionId: 's1', lateAfterMs: 1000 });
    expect(custody).toMatchObject({ stored: FRAMES - 1, missing: frameId === FRAMES ? 0 : 1 });
  },
);

test.each(FLIPS)(
  '%s: after a clean stop whoever meets it gets the rest, and it is told',
  async (_, frameId, offset, bytes) => {
    const dataDir = await filledFolder(false);
    await flip(dataDir, body(frameId), offset, bytes);
    // Beside a hub or without one: nothing is changed.
    const reader = await openReadStore({ dataDir });
    expect(await exported(reader)).toEqual({ ids: allBut(frameId), damaged: 1 });
    const page = await reader.frames({ sessionId: 's1', after: frameId - 2, limit: 2 });
    expect(page.items.map((item) => item.frameId)).toEqual([frameId - 1]);
    await reader.close();

    const store = await openFilled(dataDir);
    const salvage = salvageOf(store);
    const { ids } = await exported(store);
    expect(ids).toEqual(allBut(frameId));
    expect(await salvage).toMatchObject({ lostFrames: [{ from: frameId, to: frameId }] });
    expect(await appended(store, counted(FRAMES + 1))).toMatchObject({ kind: 'stored' });
  },
);

test('what live state is rebuilt from is had without the frame that is damaged', async () => {
  const dataDir = await filledFolder(false);
  await flip(dataDir, body(FRAMES), 0, [0]);
  const reader = await openReadStore({ dataDir });
  expect(await reader.latest({ sessionId: 's1' })).toMatchObject([{ deviceId: 'd1', frames: FRAMES, newest: [] }]);
  await reader.close();
});

test.each([true, false])(
  'a damaged counter is made anew from the frames (after an unclean stop: %s)',
  async (isUnclean) => {
    const dataDir = await filledFolder(isUnclean);
    const path = join(dataDir, 'perch.sqlite');
    const db = new Sqlite(path);
    db.exec("UPDATE session_devices SET latest = replace(latest, '{', '#')");
    db.close();
    const reader = await openReadStore({ dataDir });
    expect(await reader.latest({ sessionId: 's1' })).toMatchObject([{ frames: FRAMES, newest: [] }]);
    await reader.close();
    const store = await openFilled(dataDir);
    const salvage = salvageOf(store);
    // Meets it, unless the check was first.
    await appended(store, counted(FRAMES + 1)).catch(() => {});
    expect(await salvage).toMatchObject({ lostFrames: [], lostTables: [] });
    await appended(store, counted(FRAMES + 1));
    expect(await store.latest({ sessionId: 's1' })).toMatchObject([{ frames: FRAMES + 1, newest: [{}, {}] }]);
  },
);
