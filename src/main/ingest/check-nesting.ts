import type { JsonObject, JsonValue } from '../../common/model/frame';
import { LIMITS } from '../../common/wire/limits';
import { ProtocolError } from '../../common/wire/protocol-error';

/**
 * Looks at every value of a frame. Breadth first and by hand: a recursive walk of hostile nesting would end the stack.
 * @returns whether any number is infinite, which is what JSON.parse makes of 1e999.
 * @throws ProtocolError `invalid_frame` when it is nested too deep.
 */
export function checkNesting(frame: JsonObject): { readonly hasInfinity: boolean } {
  let hasInfinity = false;
  let level: object[] = [frame];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > LIMITS.frameDepth)
      throw new ProtocolError('invalid_frame', `data must be nested at most ${LIMITS.frameDepth} deep`);
    const next: object[] = [];
    for (const value of level) {
      for (const member of Object.values(value) as JsonValue[]) {
        if (typeof member === 'object' && member !== null) next.push(member);
        else if (member === Number.POSITIVE_INFINITY || member === Number.NEGATIVE_INFINITY) hasInfinity = true;
      }
    }
    level = next;
  }
  return { hasInfinity };
}
