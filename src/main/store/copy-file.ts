import { closeSync, constants, copyFileSync, fsyncSync, linkSync, openSync } from 'node:fs';

/** Durable when it returns. @throws what the disk says; EEXIST when there is one */
export function copyFile(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_EXCL);
  syncFile(to);
}

/** Of a file that is never changed in place: costs nothing on the same file system. */
export function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // Another file system, or one without links.
    copyFile(from, to);
  }
}

export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
