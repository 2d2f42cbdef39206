import { basename } from 'node:path';
import { HubError } from '../../../common/contract/errors';
import type { RequestResult } from '../../../common/contract/requests';
import type { ConsoleHost } from '../hub';

/** Not allowed in a file name on some system. */
const UNFIT = /[<>:"/\\|?*\p{Cc}]+/gu;

/** Asks where, and writes there. @throws HubError conflict: nobody to ask; storage_unavailable */
export async function saveWhere(
  host: ConsoleHost | null,
  fileName: string,
  write: (path: string) => Promise<unknown>,
): Promise<RequestResult<'recording.save'>> {
  if (!host) throw new HubError('conflict', 'This control room is in a browser: it saves files by itself.');
  const path = await host.chooseSavePath(basename(fileName.replace(UNFIT, '-')));
  if (path === null) return { outcome: 'cancelled' };
  try {
    await write(path);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new HubError('storage_unavailable', `The file could not be written: ${cause}`);
  }
  return { outcome: 'saved', path };
}
