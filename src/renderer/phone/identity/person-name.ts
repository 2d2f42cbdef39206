import { LIMITS } from '../../../common/wire/limits';

const NAME = 'perch.name';
// Control characters, and the direction marks that could make one name look like another.
const FORBIDDEN = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** A name as the hub takes it: NFC, trimmed, at most 64 characters, nothing invisible. '' when nothing is left. */
export function toPersonName(text: string): string {
  const clean = text.normalize('NFC').replace(FORBIDDEN, '').trim();
  return Array.from(clean).slice(0, LIMITS.usernameLength).join('').trim();
}

/** '' before the first time. */
export const readPersonName = (storage: Storage): string => storage.getItem(NAME) ?? '';

export const keepPersonName = (storage: Storage, name: string): void => storage.setItem(NAME, name);
