/** What goes before what: an SOS first, media after positions. */
export type Lane = 'sos' | 'word' | 'plain' | 'media';

/** What goes first when there is no room: 0 before 1 before 2; a person's words (3) never. */
export const WORTH = { sensors: 0, position: 1, media: 2, word: 3 } as const;

/** By the text of a frame: a row is sorted without reading its photo as JSON. */
export function toWorth(body: string): number {
  // Keys of ours: inside a text they would stand between escaped quotes.
  if (body.includes('"photoBase64":"') || body.includes('"audioBase64":"')) return WORTH.media;
  return body.includes('"gps":{') ? WORTH.position : WORTH.sensors;
}

export const toLane = (worth: number): Lane => (worth === WORTH.media ? 'media' : 'plain');
