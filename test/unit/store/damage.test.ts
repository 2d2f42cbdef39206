import { spawn } from 'node:child_process';
import { open, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import type { Store, StoreTrouble } from '../../../src/main/store';
import childPath from './append-child?modulePath';
import { counted, newFolder, openFilled, photo, T0 } from './store-fixture';

const PAGE = 4096;
const FRAMES = 2000;

/** All trouble told so far, and the first of a kind, past or coming. */
function troublesOf(store: Store): {
  all: StoreTrouble[];
  next: <K extends StoreTrouble['kind']>(kind: K) => Promise<Extract<StoreTrouble, { kind: K }>>;
} {
  const all: StoreTrouble[] = [];
  store.onTrouble((trouble) => all.push(trouble));
  return {
    all,
    next: (kind) =>
      new Promise((resolve) => {
        store.onTrouble((trouble) => {
          if (trouble.kind === kind) resolve(trouble as Extract<StoreTrouble, { kind: typeof kind }>);
        });
      }),
  };
}

/** A closed folder with FRAMES frames of 400 bytes, one with a photo, that looks as if its hub had been killed. */
async function killedFolder(): Promise<string> {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  const body = (seq: number) => JSON.stringify({ id: seq, text: 'x'.repeat(400) });
  await appended(store, counted(1, { body: body(1), media: [photo('photo')] }));
  await Promise.all(
    Array.from({ length: FRAMES - 1 }, (_, index) => appended(store, counted(index + 2, { body: body(index + 2) }))),
  );
  await store.close();
  await writeFile(join(dataDir, 'hub.pid'), '1\n');
  return dataDir;
}

/** Overwrites the pages of a table with noise. @returns frame ids that were on them. */
async function garble(dataDir: string, table: string, which: (pages: number[]) => number[]): Promise<void> {
  const path = join(dataDir, 'perch.sqlite');
  const db = new Sqlite(path, { readonly: true });
  const pages = db
    .prepare<[string], number>("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path")
    .pluck()
    .all(table);
  db.close();
  const chosen = which(pages);
  expect(chosen.length).toBeGreaterThan(0);
  const file = await open(path, 'r+');
  for (const page of chosen) await file.write(Buffer.alloc(PAGE, 0xa5), 0, PAGE, (page - 1) * PAGE);
  await file.close();
}

async function storedSeqs(store: Store): Promise<number[]> {
  const seqs: number[] = [];
  const { pages } = await store.exportRows({});
  for await (const rows of pages) seqs.push(...rows.map((row) => (JSON.parse(row.body) as { id: number }).id));
  return seqs.sort((a, b) => a - b);
}

test('after a clean stop nothing is checked; after an unclean one the database is, while it serves', async () => {
  const dataDir = await newFolder();
  await (await openFilled(dataDir)).close();
  const clean = await openFilled(dataDir);
  expect(troublesOf(clean).all).toEqual([]);
  await clean.close();

  const unclean = await openFilled(await killedFolder());
  const { all, next } = troublesOf(unclean);
  expect(all[0]).toEqual({ kind: 'unclean_stop' });
  expect(await appended(unclean, counted(FRAMES + 1))).toMatchObject({ kind: 'stored' });
  await next('sound');
  expect(all.map(({ kind }) => kind)).toEqual(['unclean_stop', 'sound']);
});

/** Where the last committed frame of a write-ahead log ends (https://sqlite.org/fileformat2.html#the_write_ahead_log). */
function endOfLastCommit(wal: Buffer): number {
  let end = 0;
  for (let at = 32; at + 24 + PAGE <= wal.length; at += 24 + PAGE) {
    const isOfThisLog = wal.compare(wal, 16, 24, at + 8, at + 16) === 0;
    if (isOfThisLog && wal.readUInt32BE(at + 4) !== 0) end = at + 24 + PAGE;
  }
  return end;
}

const TAILS: readonly (readonly [string, (wal: Buffer, end: number) => Buffer])[] = [
  ['cut off after the last commit', (wal, end) => wal.subarray(0, end)],
  ['followed by a part of a frame', (wal, end) => Buffer.concat([wal.subarray(0, end), wal.subarray(32, 32 + 777)])],
  ['followed by noise', (wal, end) => Buffer.concat([wal.subarray(0, end), Buffer.alloc(3 * (24 + PAGE), 'noise')])],
  [
    'followed by frames whose contents changed',
    (wal, end) => {
      const frames = Buffer.from(wal.subarray(Math.max(32, end - 2 * (24 + PAGE)), end));
      frames[100] = (frames[100] ?? 0) ^ 1;
      return Buffer.concat([wal.subarray(0, end), frames]);
    },
  ],
];

test.each(TAILS)('a write-ahead log %s: nothing acked is lost', async (_, change) => {
  const dataDir = await newFolder();
  const child = spawn(process.execPath, [childPath, dataDir, '1'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const acked: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acked.push(Number(line));
    if (acked.length === 500) child.kill('SIGKILL');
  }
  const path = join(dataDir, 'perch.sqlite-wal');
  const wal = await readFile(path);
  const end = endOfLastCommit(wal);
  expect(end).toBeGreaterThan(0);
  const changed = change(wal, end);
  await truncate(path, 0);
  await writeFile(path, changed);
  // The index of the log is made anew from the log.
  await writeFile(join(dataDir, 'perch.sqlite-shm'), Buffer.alloc(32_768, 0xa5));

  const store = await openFilled(dataDir);
  await troublesOf(store).next('sound');
  const stored = await storedSeqs(store);
  expect(new Set(stored).size).toBe(stored.length);
  expect(acked.filter((seq) => !stored.includes(seq))).toEqual([]);
});

test('damage inside the log is told with its range; the rest is in a new file, and it is served on', async () => {
  const dataDir = await killedFolder();
  await garble(dataDir, 'frames', (pages) => pages.slice(20, 23));
  const store = await openFilled(dataDir);
  const { all, next } = troublesOf(store);
  // Given while the check and the salvage are under way.
  const meanwhile = Array.from({ length: 50 }, (_, index) => appended(store, counted(FRAMES + 1 + index)));
  const { salvage } = await next('salvaged');
  expect((await Promise.all(meanwhile)).map(({ kind }) => kind)).toEqual(Array(50).fill('stored'));
  expect(all.map(({ kind }) => kind)).toEqual(['unclean_stop', 'damaged', 'salvaged']);

  expect(salvage.lostTables).toEqual([]);
  const [lost, ...more] = salvage.lostFrames;
  expect(more).toEqual([]);
  const from = lost?.from ?? 0;
  const to = lost?.to ?? 0;
  expect(to - from + 1).toBeGreaterThan(10);
  expect(to - from + 1).toBeLessThan(60);
  // Frame n was received at T0 + n.
  expect(lost).toMatchObject({ afterMs: T0 + from - 1, beforeMs: T0 + to + 1 });
  const expected = Array.from({ length: FRAMES + 50 }, (_, index) => index + 1).filter((id) => id < from || id > to);
  expect(await storedSeqs(store)).toEqual(expected);

  // Counters say what is there, and what is gone is missing.
  const [custody] = await store.custody({ sessionId: 's1', lateAfterMs: 1000 });
  expect(custody).toMatchObject({ stored: expected.length, missing: to - from + 1 });
  expect(custody?.holes).toEqual([{ boot: 'b1', ranges: [[from, to]] }]);
  expect(await store.media(photo('photo').sha256)).toMatchObject({ bytes: 5 });
  expect(await appended(store, counted(1))).toEqual({ kind: 'duplicate' });
  expect(await readdir(dataDir)).toContain(salvage.keptAs);
  await store.close();

  const again = await openFilled(dataDir);
  // A look for lost media that was cut short begins again.
  expect(troublesOf(again).all.filter(({ kind }) => kind !== 'unclean_stop')).toEqual([]);
  expect(await storedSeqs(again)).toEqual(expected);
});

test.each(['sessions', 'devices', 'boots'])(
  'when the table of %s is damaged the frames are still there',
  async (table) => {
    const dataDir = await killedFolder();
    await garble(dataDir, table, (pages) => (pages.length > 0 ? pages : []));
    const store = await openFilled(dataDir);
    const { salvage } = await troublesOf(store).next('salvaged');
    expect(salvage).toMatchObject({ lostTables: [table], lostFrames: [] });
    expect(await storedSeqs(store)).toHaveLength(FRAMES);
  },
);

test('of a file that is no database any more nothing is read; it is kept, and the hub starts', async () => {
  const dataDir = await killedFolder();
  const path = join(dataDir, 'perch.sqlite');
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(PAGE, 0xa5), 0, PAGE, 0);
  await file.close();
  const damaged = await readFile(path);
  const store = await openFilled(dataDir);
  const { salvage } = await troublesOf(store).next('salvaged');
  expect(salvage.lostFrames).toEqual([{ from: 1, to: null, afterMs: null, beforeMs: null }]);
  expect((await readFile(join(dataDir, salvage.keptAs))).equals(damaged)).toBe(true);
  expect(await appended(store, counted(1))).toMatchObject({ kind: 'stored' });
});

test('a salvage that was cut short before its end is finished at the next start', async () => {
  const dataDir = await killedFolder();
  const path = join(dataDir, 'perch.sqlite');
  await writeFile(`${path}.salvaged`, await readFile(path));
  await garble(dataDir, 'frames', (pages) => pages);
  const store = await openFilled(dataDir);
  const { salvage } = await troublesOf(store).next('salvaged');
  expect(await storedSeqs(store)).toHaveLength(FRAMES);
  expect(await readdir(dataDir)).toContain(salvage.keptAs);
});

test('a check cut short by a stop is made up for at the next start', async () => {
  const dataDir = await killedFolder();
  const first = await openFilled(dataDir);
  await first.close();
  const wasChecked = troublesOf(first).all.some(({ kind }) => kind === 'sound');
  const second = await openFilled(dataDir);
  expect(troublesOf(second).all[0]).toEqual(wasChecked ? undefined : { kind: 'unclean_stop' });
});
