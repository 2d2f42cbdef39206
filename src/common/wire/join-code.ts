/** Letters and digits of a code to type: none that is taken for another when read, heard or written (0 O, 1 I L, 2 Z, 5 S, 8 B, U V). */
export const JOIN_CODE_ALPHABET = 'ACDEFGHJKMNPQRTVWXY34679';

/** Characters of a code: 36 bits, of which {@link JOIN_CODE_TRIES} tries find nothing. */
export const JOIN_CODE_LENGTH = 8;

/** How long a code is good, ms. */
export const JOIN_CODE_LIFE_MS = 10 * 60_000;

/** Wrong codes that one address may send while a code is good; further ones of that address are not looked at. */
export const JOIN_CODE_TRIES_AN_ADDRESS = 5;

/** Wrong codes, from anywhere, after which the code is no good any more. */
export const JOIN_CODE_TRIES = 20;

/**
 * A code as somebody typed it (small letters, spaces, a dash), as the hub compares it.
 * @returns null when it can't be one.
 */
export function toJoinCode(text: string): string | null {
  const code = text.replace(/[\s\-–—]/g, '').toUpperCase();
  if (code.length !== JOIN_CODE_LENGTH) return null;
  return [...code].every((letter) => JOIN_CODE_ALPHABET.includes(letter)) ? code : null;
}

/** A code as it is shown: two groups of four, easier to read out. */
export const showJoinCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

/** What `POST /join` with `{code}`, as it was typed, answers: the join key. */
export interface JoinAnswer {
  readonly key: string;
}
