import type { JsonObject, JsonValue } from '../../common/model/frame';
import { LIMITS } from '../../common/wire/limits';
import { ProtocolError } from '../../common/wire/protocol-error';

/**
 * Looks at every value of a frame.
 * @returns whether any number is infinite, which is what JSON.parse makes of 1e999.
 * @throws ProtocolError `invalid_frame` when it is nested too deep.
 */
export function checkNesting(frame: JsonObject): { readonly hasInfinity: boolean } {
  return { hasInfinity: holdsInfinity(frame, 1) };
}

/** It calls itself, but never deeper than the limit: hostile nesting can't end the stack. */
function holdsInfinity(value: object, depth: number): boolean {
  if (depth > LIMITS.frameDepth)
    throw new ProtocolError('invalid_frame', `data must be nested at most ${LIMITS.frameDepth} deep`);
  let hasInfinity = false;
  if (Array.isArray(value)) {
    for (const member of value as readonly JsonValue[]) if (isInfinite(member, depth)) hasInfinity = true;
  } else {
    // Made by JSON.parse: nothing is inherited but what every object has, and that is not enumerable.
    for (const name in value) if (isInfinite((value as JsonObject)[name], depth)) hasInfinity = true;
  }
  return hasInfinity;
}

function isInfinite(member: JsonValue | undefined, depth: number): boolean {
  if (typeof member === 'number') return member === Number.POSITIVE_INFINITY || member === Number.NEGATIVE_INFINITY;
  return typeof member === 'object' && member !== null && holdsInfinity(member, depth + 1);
}
