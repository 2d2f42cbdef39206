import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { copyFile, linkOrCopy } from './copy-file';
import type { Beside } from './store';
import { syncFolder } from './sync-folder';

/** Each finds what changed during the one before; more than a few would be a folder that never stands still. */
const MOST_PASSES = 5;

/** What tells that a file is another than before: files here grow, or are replaced whole. */
type Files = ReadonlyMap<string, number>;

/**
 * Copies a file, or the files of a folder, as they are together at one moment: passes go on until none came, went or was
 * replaced during one. A file that only grows is copied as far as it is. What is not there is left out.
 * @returns bytes. @throws what the disk says
 */
export function copyBeside(dataDir: string, target: string, beside: Beside): number {
  const { folder, ends, linkedEnds = [] } = beside;
  const [from, to] = [join(dataDir, folder), join(target, folder)];
  let copied: Files = new Map();
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const wanted = filesOf(from, ends);
    if (isSame(wanted, copied)) break;
    if (wanted.size > 0) mkdirSync(to, { recursive: true, mode: 0o700 });
    for (const name of copied.keys()) if (wanted.get(name) !== copied.get(name)) rmSync(join(to, name));
    const copy = (name: string): boolean => addFile(join(from, name), join(to, name), hasEnd(name, linkedEnds));
    copied = new Map([...wanted].filter(([name, ino]) => copied.get(name) === ino || copy(name)));
  }
  if (copied.size === 0) return 0;
  syncFolder(to);
  return [...copied.keys()].reduce((sum, name) => sum + statSync(join(to, name)).size, 0);
}

/** By name, with their inodes. */
function filesOf(folder: string, ends: readonly string[]): Files {
  const found = ifThere(() => readdirSync(folder, { withFileTypes: true })) ?? [];
  const files = found.filter((entry) => entry.isFile() && hasEnd(entry.name, ends));
  return new Map(
    files.flatMap(({ name }) => {
      const ino = statSync(join(folder, name), { throwIfNoEntry: false })?.ino;
      return ino === undefined ? [] : [[name, ino] as const];
    }),
  );
}

/** @returns false when it has gone meanwhile: the next pass sees what came instead */
function addFile(from: string, to: string, isLinked: boolean): boolean {
  const add = isLinked ? linkOrCopy : copyFile;
  return (
    ifThere(() => {
      add(from, to);
      return true;
    }) !== null
  );
}

const hasEnd = (name: string, ends: readonly string[]): boolean => ends.some((end) => name.endsWith(end));

const isSame = (a: Files, b: Files): boolean => a.size === b.size && [...a].every(([name, ino]) => b.get(name) === ino);

/** null: what it was about is not there. */
function ifThere<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
