import { PERSON_COLOURS, type PersonColour } from '../../../common/model/person-colour';

/** @param index LiveDevice.colour. */
export function personColour(index: number): PersonColour {
  const chosen = PERSON_COLOURS[index];
  if (!chosen) throw new RangeError(`There is no colour ${index}.`);
  return chosen;
}

/**
 * Up to three signs for a marker: the number of "Phone 40", else the first letters of the first two words, else the first
 * two letters.
 */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const [first, second] = words;
  if (first === undefined) return '?';
  if (second !== undefined && /^\d{2,3}$/.test(second)) return second;
  const letters = second === undefined ? [...first].slice(0, 2) : [[...first][0], [...second][0]];
  return letters.join('').toLocaleUpperCase();
}
