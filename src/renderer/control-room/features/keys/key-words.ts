import type { KeyInfo } from '../../../../common/model/key';
import { formatAge, formatMoment } from '../../format/time';

/** "used 4 min ago", "not used yet". */
export function usedWords({ lastUsedAtMs }: KeyInfo, nowMs: number): string {
  return lastUsedAtMs === null ? 'not used yet' : `used ${formatAge(nowMs - lastUsedAtMs)} ago`;
}

export const isExpired = ({ expiresAtMs }: KeyInfo, nowMs: number): boolean =>
  expiresAtMs !== null && expiresAtMs <= nowMs;

/** "until 22 Nov, 10:15", "expired 22 Nov, 10:15", "until revoked". */
export function endWords(key: KeyInfo, nowMs: number): string {
  if (key.expiresAtMs === null) return 'until revoked';
  return `${isExpired(key, nowMs) ? 'expired' : 'until'} ${formatMoment(key.expiresAtMs, nowMs)}`;
}

/** "Ann", "Ann and Ben", "Ann, Ben and 3 more". */
export function nameSome(names: readonly string[]): string {
  const [first = '', second] = names;
  if (second === undefined) return first;
  return names.length === 2 ? `${first} and ${second}` : `${first}, ${second} and ${names.length - 2} more`;
}

/** Names as somebody typed or pasted them: one a line, or with commas, semicolons or tabs between. Doubles stay: two people. */
export function toNames(text: string): readonly string[] {
  return text
    .split(/[\n\r,;\t]+/)
    .map((name) => name.trim().normalize('NFC'))
    .filter((name) => name !== '');
}
