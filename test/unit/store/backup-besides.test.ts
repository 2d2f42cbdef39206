import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyBeside } from '../../../src/main/store/copy-beside';
import { newFolder, openFilled } from './store-fixture';

const RECORDINGS = { folder: 'recordings', ends: ['.json', '.part', '.webm'], linkedEnds: ['.webm'] };

test('what is beside the log comes after it, and only then the folder is one', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  writeFileSync(join(dataDir, 'profile.json'), '{}');
  const target = join(await newFolder(), 'backup');
  let hadLog = true;
  const { sizeBytes } = await store.backup(target, () => {
    hadLog = readdirSync(target).includes('perch.sqlite');
    return Promise.resolve([
      { folder: '', ends: ['profile.json'] },
      { folder: 'not-there', ends: ['.json'] },
    ]);
  });
  expect(hadLog).toBe(false);
  expect(readdirSync(target).sort()).toEqual(['perch.sqlite', 'profile.json']);
  expect(sizeBytes).toBe(statSync(join(target, 'perch.sqlite')).size + 2);
});

test('a folder is copied as it is: what never grows as a link, what grows as far as it is, nothing that is half written', async () => {
  const [dataDir, target] = [await newFolder(), await newFolder()];
  const from = join(dataDir, 'recordings');
  mkdirSync(from);
  for (const name of ['a.json', 'a.webm', 'b.json', 'b.part', 'b.webm.half']) writeFileSync(join(from, name), name);
  expect(copyBeside(dataDir, target, RECORDINGS)).toBe('a.jsona.webmb.jsonb.part'.length);
  const to = join(target, 'recordings');
  expect(readdirSync(to).sort()).toEqual(['a.json', 'a.webm', 'b.json', 'b.part']);
  const ino = (folder: string, name: string): number => statSync(join(folder, name)).ino;
  expect(
    [ino(to, 'a.webm'), ino(to, 'a.json')].map((one, at) => one === ino(from, ['a.webm', 'a.json'][at] ?? '')),
  ).toEqual([true, false]);
  appendFileSync(join(from, 'b.part'), ' and more');
  expect(readFileSync(join(to, 'b.part'), 'utf8')).toBe('b.part');
});

test('a recording that is finished amid the copy is in it as it is then, never half of each', async () => {
  const [dataDir, target] = [await newFolder(), await newFolder()];
  const from = join(dataDir, 'recordings');
  mkdirSync(from);
  writeFileSync(join(from, 'a.json'), 'finishing');
  writeFileSync(join(from, 'a.part'), 'part');
  // Looked at after the first pass: as late as something can change.
  let isFinished = false;
  const ends = new Proxy(RECORDINGS.ends, {
    get: (list, name, self) => {
      if (name === 'some' && readdirSync(target).length > 0 && !isFinished) {
        finish(from);
        isFinished = true;
      }
      return Reflect.get(list, name, self) as unknown;
    },
  });
  copyBeside(dataDir, target, { ...RECORDINGS, ends });
  expect(readdirSync(join(target, 'recordings')).sort()).toEqual(['a.json', 'a.webm']);
  expect(readFileSync(join(target, 'recordings', 'a.json'), 'utf8')).toBe('ready');
});

function finish(folder: string): void {
  writeFileSync(join(folder, 'a.webm.half'), 'whole');
  renameSync(join(folder, 'a.webm.half'), join(folder, 'a.webm'));
  writeFileSync(join(folder, 'a.json.new'), 'ready');
  renameSync(join(folder, 'a.json.new'), join(folder, 'a.json'));
  rmSync(join(folder, 'a.part'));
}
