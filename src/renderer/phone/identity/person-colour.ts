import { COLOUR_COUNT } from '../../../common/model/live-device';

const COLOUR = 'perch.colour';

/** The colour the person chose, 0 to 9; null before. */
export function readPersonColour(storage: Storage): number | null {
  const text = storage.getItem(COLOUR);
  const colour = Number(text);
  return text !== null && Number.isInteger(colour) && colour >= 0 && colour < COLOUR_COUNT ? colour : null;
}

export function keepPersonColour(storage: Storage, colour: number | null): void {
  if (colour === null) storage.removeItem(COLOUR);
  else storage.setItem(COLOUR, String(colour));
}
