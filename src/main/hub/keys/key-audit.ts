import type { AuditAction } from '../../../common/model/audit';
import type { KeyInfo } from '../../../common/model/key';
import { type AuditRecord, HUB, OPERATOR, phoneAt } from '../audit';

/** A key in words: never the key itself. */
function wordsOf({ kind, name }: KeyInfo): string {
  if (name === null) return kind === 'join' ? 'The join key' : `The ${kind} key every hub has`;
  return `The ${kind} key of “${name}”`;
}

const DONE = {
  'key.issued': 'was made',
  'key.shown': 'was shown',
  'key.rotated': 'was replaced by a new one',
  'key.revoked': 'was taken back',
} as const satisfies Partial<Record<AuditAction, string>>;

/** What the operator did with a key. */
export const keyDone = (action: keyof typeof DONE, info: KeyInfo): AuditRecord => ({
  action,
  actor: OPERATOR,
  deviceId: info.deviceId,
  detail: `${wordsOf(info)} ${DONE[action]}.`,
});

/** The time of a viewer key is over. */
export const keyExpired = (info: KeyInfo): AuditRecord => ({
  action: 'key.expired',
  actor: HUB,
  detail: `${wordsOf(info)} has come to its end.`,
});

/** Somebody typed the right code. */
export const codeUsed = (address: string): AuditRecord => ({
  action: 'code.used',
  actor: phoneAt(address),
  detail: 'Typed the code, and was given the join key.',
});

/** Too many wrong codes came. */
export const codeWithdrawn: AuditRecord = {
  action: 'code.withdrawn',
  actor: HUB,
  detail: 'The code to type was taken back after too many wrong ones.',
};
