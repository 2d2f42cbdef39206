import type { JsonObject, JsonValue } from '../../common/model/frame';
import { GROUP_MEMBERS, LEAF_MEMBERS, OBJECT_MEMBERS } from './frame-rules';

/** Bytes, as JSON, of all members of an accepted frame that have no meaning here, those inside its groups included. */
export function unknownBytes(frame: JsonObject): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(frame)) {
    if (LEAF_MEMBERS.has(name)) continue;
    if (name === 'objectsDetected') bytes += ofObjects(value);
    else if (isGroupName(name)) bytes += ofGroup(name, value);
    else bytes += sizeOf(name, value);
  }
  return bytes;
}

const isGroupName = (name: string): name is keyof typeof GROUP_MEMBERS => Object.hasOwn(GROUP_MEMBERS, name);

function ofGroup(name: keyof typeof GROUP_MEMBERS, value: JsonValue): number {
  const known = GROUP_MEMBERS[name];
  if (name !== 'weather') return ofMembers(value, known);
  const inner = (value as JsonObject | null)?.data ?? null;
  return ofMembers(value, new Set([...known, 'data'])) + ofMembers(inner, known);
}

const ofObjects = (value: JsonValue): number =>
  ((value ?? []) as readonly JsonObject[]).reduce((sum, one) => sum + ofMembers(one, OBJECT_MEMBERS), 0);

/** The parser made sure that it is an object, or null: not provided. */
function ofMembers(value: JsonValue, known: ReadonlySet<string>): number {
  return Object.entries((value ?? {}) as JsonObject).reduce(
    (sum, [name, member]) => (known.has(name) ? sum : sum + sizeOf(name, member)),
    0,
  );
}

/** `"name":value,` */
const sizeOf = (name: string, value: JsonValue): number =>
  Buffer.byteLength(JSON.stringify(name)) + Buffer.byteLength(JSON.stringify(value)) + 2;
