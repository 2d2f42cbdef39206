import type { JsonObject } from '../../common/model/frame';
import type { WordMessage } from './control-parser';
import { type ParsedFrame, parseFrame } from './frame-parser';

/**
 * A person's word as a frame: `captureMethod` says its kind and `text` what was said, so that an export shows both in
 * columns of their own.
 */
export function wordToFrame({ kind, timestampMs, id, isActive, text, to }: WordMessage): ParsedFrame {
  const data: JsonObject = {
    ...(id === null ? {} : { id }),
    ...(timestampMs === null ? {} : { timestamp: timestampMs }),
    captureMethod: kind,
    ...(text === null ? {} : { text }),
    ...(isActive === null ? {} : { sos: { active: isActive } }),
    ...(to === null ? {} : { to }),
  };
  return parseFrame(data);
}
