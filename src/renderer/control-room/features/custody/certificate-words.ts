import type { Custody } from '../../../../common/model/custody';
import type { Session } from '../../../../common/model/session';
import { formatCount } from '../../format/quantity';
import { refusedOf } from './custody-sentence';

/** The whole session in a sentence. */
export function certificateSentence(devices: readonly Custody[]): string {
  const sum = (count: (one: Custody) => number): number => devices.reduce((total, one) => total + count(one), 0);
  const people = devices.length === 1 ? '1 person' : `${formatCount(devices.length)} people`;
  const stored = sum((one) => one.stored);
  const wanting = [
    [sum((one) => one.missing), 'missing'],
    [sum((one) => one.dropped), 'given up by phones'],
    [sum(refusedOf), 'refused'],
    [sum((one) => one.erased), 'erased on request'],
  ] as const;
  const words = wanting.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  const rest = words.length === 0 ? 'Nothing is missing.' : `${words.join(', ')}.`;
  return `${people}, ${formatCount(stored)} frames stored. ${rest}`;
}

/** "certificate-North-ridge-2026-11-21.json"; safe on every system. */
export function certificateFileName(
  { name, startedAtMs }: Pick<Session, 'name' | 'startedAtMs'>,
  extension: 'json' | 'html',
): string {
  const words = name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  const day = new Date(startedAtMs).toISOString().slice(0, 10);
  return `certificate-${words === '' ? 'unnamed' : words.slice(0, 60)}-${day}.${extension}`;
}

/** "2026-11-21 20:05:35 UTC": a certificate is read elsewhere, in another time zone. */
export const formatUtc = (ms: number): string => `${new Date(ms).toISOString().replace('T', ' ').slice(0, 19)} UTC`;
