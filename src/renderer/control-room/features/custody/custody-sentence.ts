import type { Custody } from '../../../../common/model/custody';
import type { SeqRange } from '../../../../common/model/delivery';
import { formatCount } from '../../format/quantity';

/** `whole`: nothing is wanting; `waiting`: it will come; `lost`: somebody should know. */
export interface CustodySentence {
  readonly tone: 'whole' | 'waiting' | 'lost';
  readonly text: string;
}

/** Ranges named in a sentence; the rest are counted. */
const NAMED_RANGES = 3;

/** What came of a person's frames, in a sentence or two. `queued`: waiting on the phone by its last word; null: unknown. */
export function custodySentence(custody: Custody, queued: number | null): CustodySentence {
  const { missing, dropped } = custody;
  const refused = refusedOf(custody);
  const waiting = waitingOf(custody, queued);
  const parts = [
    missing > 0 ? `${formatCount(missing)} missing: ${nameRanges(rangesOf(custody), NAMED_RANGES)}.` : null,
    waiting > 0 ? `${formatCount(waiting)} still on the phone.` : null,
    dropped > 0 ? `${formatCount(dropped)} given up by the phone.` : null,
    refused > 0 ? `${formatCount(refused)} refused.` : null,
  ].filter((part) => part !== null);
  if (parts.length === 0) return { tone: 'whole', text: wholeSentence(custody) };
  return { tone: missing + dropped + refused > 0 ? 'lost' : 'waiting', text: parts.join(' ') };
}

function wholeSentence({ captured, stored }: Custody): string {
  if (stored === 0) return 'Nothing has come in yet.';
  // More than the phone counted is no riddle: what a person answered is stored too, and the phone's word is seconds old.
  const isVouched = captured !== null && captured > 0 && captured <= stored;
  const count = isVouched ? captured : stored;
  const which = isVouched ? 'that the phone captured' : 'that came in';
  return count === 1 ? `The one frame ${which} is stored.` : `All ${formatCount(count)} frames ${which} are stored.`;
}

/** Frames refused, whatever the code. */
export function refusedOf({ refused }: Pick<Custody, 'refused'>): number {
  return Object.values(refused).reduce((sum, frames) => sum + frames, 0);
}

/**
 * Frames still on the phone. Its word is up to half a minute old: what has come in since is taken off where the phone also
 * said how many it captured.
 */
export function waitingOf(custody: Custody, queued: number | null): number {
  const { captured, stored, dropped } = custody;
  if (queued === null) return 0;
  if (captured === null) return queued;
  return Math.min(queued, Math.max(0, captured - stored - dropped - refusedOf(custody)));
}

const rangesOf = ({ holes }: Custody): readonly SeqRange[] => holes.flatMap(({ ranges }) => ranges);

/** "17 to 19, 40 and 12 more ranges". */
export function nameRanges(ranges: readonly SeqRange[], limit: number): string {
  const named = ranges.slice(0, limit).map(([from, to]) => (from === to ? String(from) : `${from} to ${to}`));
  const more = ranges.length - named.length;
  if (more > 0) return `${named.join(', ')} and ${formatCount(more)} more ${more === 1 ? 'range' : 'ranges'}`;
  return named.join(', ');
}

/** What was refused and why: "2 too large", "3: 2 too large, 1 not a valid frame". A code this page does not know is shown as it is. */
export function refusedWords(custody: Pick<Custody, 'refused'>): string {
  const total = refusedOf(custody);
  if (total === 0) return '0';
  const reasons = Object.entries(custody.refused)
    .filter(([, frames]) => frames > 0)
    .map(([code, frames]) => `${formatCount(frames)} ${REFUSAL_WORDS[code] ?? code}`);
  return reasons.length === 1 ? reasons.join() : `${formatCount(total)}: ${reasons.join(', ')}`;
}

const REFUSAL_WORDS: Readonly<Record<string, string>> = {
  invalid_json: 'not JSON',
  invalid_message: 'not a message',
  invalid_frame: 'not a valid frame',
  unknown_type: 'of an unknown type',
  rate_limited: 'too many at once',
  too_large: 'too large',
  storage_unavailable: 'while the disk failed',
  unauthorized: 'without a key',
  pending_approval: 'before approval',
};
