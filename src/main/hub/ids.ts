import { randomBytes } from 'node:crypto';

// Crockford's base 32 in lower case: no letter is mistaken for a digit when read aloud.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Random text of `length` characters, 5 bits each, safe in a URL, a file name and a CSV cell. */
export function randomText(length: number): string {
  let text = '';
  for (const byte of randomBytes(length)) text += ALPHABET.charAt(byte & 31);
  return text;
}

/** 60 random bits: enough that ids of merged data folders don't meet. */
const ID_LENGTH = 12;

/** A new id with its kind in front, such as `d_3k9x…`. */
export const newId = (kind: 'd' | 's' | 'x' | 'm' | 'r' | 'b'): string => `${kind}_${randomText(ID_LENGTH)}`;

/** 130 random bits (docs/wire-protocol.md, section 2: 128 or more). */
const KEY_LENGTH = 26;

/** A new key; the letter in front says its kind to a person who finds it. */
export const newKey = (kind: 'join' | 'personal' | 'device' | 'viewer' | 'admin'): string =>
  `${kind}-${randomText(KEY_LENGTH)}`;
