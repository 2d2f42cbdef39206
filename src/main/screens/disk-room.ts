import { statfs } from 'node:fs/promises';

/** Less than this much free space recordings leave alone: frames need it more. */
const KEPT_FREE_BYTES = 256 * 1024 * 1024;

/** Free space, bytes. */
export type FreeBytes = () => Promise<number>;

/** Of the file system that holds a folder. */
export const freeBytesOf =
  (folder: string): FreeBytes =>
  async () => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  };

/** Whether so many bytes can be written and frames still have their room. */
export const hasRoom = async (freeBytes: FreeBytes, bytes: number): Promise<boolean> =>
  (await freeBytes()) >= KEPT_FREE_BYTES + bytes;
