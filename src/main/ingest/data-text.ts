import type { JsonObject } from '../../common/model/frame';

const OPENING = '"data":{';
const NAME_END = 'data"';

/**
 * Longer ones are written anew: white space, and members that are there twice, count in no limit but are kept as they came.
 * Of what phones measure none is as long.
 */
const MOST_CHARACTERS = 8192;

/**
 * The text of the frame in a message, as the phone wrote it: to keep it as it is costs a fifth of writing it anew. null
 * where that cannot be told for certain at a glance.
 * @param message JSON.parse made it of `text`
 */
export function dataText(message: JsonObject, text: string): string | null {
  // Without escapes each quote begins or ends a text, and no text ends where a name would have to follow: where it looks
  // like the member, it is one. Of the message itself, when no other object was opened before.
  if (text.length > MOST_CHARACTERS || !text.endsWith('}}') || text.includes('\\')) return null;
  const at = text.indexOf(OPENING);
  const start = at + OPENING.length - 1;
  if (at === -1 || text.indexOf('{', 1) !== start) return null;
  // The member that comes last ends with an object. No other member's value is one (of two of one name the last holds), and
  // there is no second one of this name: so it is this one, and all that is between.
  for (const name in message) if (name !== 'data' && typeof message[name] === 'object' && message[name]) return null;
  return text.includes(NAME_END, start) ? null : text.slice(start, -1);
}
