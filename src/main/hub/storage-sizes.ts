import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of a file; 0 when there is none. */
export async function sizeOfFile(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/** Bytes of the files in a folder and below it; 0 when there is none. */
export async function sizeOfFolder(path: string): Promise<number> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    const at = join(path, entry.name);
    bytes += entry.isDirectory() ? await sizeOfFolder(at) : await sizeOfFile(at);
  }
  return bytes;
}

/** The log with what waits beside it to be moved into it, bytes. */
export async function sizeOfLog(dataDir: string): Promise<number> {
  const files = ['perch.sqlite', 'perch.sqlite-wal'].map((name) => sizeOfFile(join(dataDir, name)));
  return (await Promise.all(files)).reduce((sum, bytes) => sum + bytes, 0);
}

/** What is free for others than root, bytes; null where the file system does not say. */
export async function freeBytesOf(path: string): Promise<number | null> {
  return statfs(path).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
}
