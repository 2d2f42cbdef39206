/** Characters of the session's name in a file name: enough to know it by, short enough for any file system. */
const NAME_LENGTH = 60;

/**
 * A default name for the file of an export, such as `perch-North-ridge-2026-11-21.csv`: letters and digits of any script
 * and hyphens, safe on every file system. The day is the local one on which the session began (now, for all sessions).
 * @param session null for all sessions
 * @param nowMs ms since the epoch
 */
export function fileNameFor(
  session: { readonly name: string; readonly startedAtMs: number } | null,
  nowMs: number,
  format = 'csv',
): string {
  const name = session === null ? 'all' : safeName(session.name);
  const parts = ['perch', name, localDay(session?.startedAtMs ?? nowMs)];
  return `${parts.filter((part) => part !== '').join('-')}.${format}`;
}

function safeName(name: string): string {
  const words = name.normalize('NFC').replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-');
  return [...words]
    .slice(0, NAME_LENGTH)
    .join('')
    .replaceAll(/^-+|-+$/g, '');
}

function localDay(ms: number): string {
  const date = new Date(ms);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}
