import { SIGNALING_LIMITS } from '../../common/wire/signaling';
import { type Incoming, SignalingFault } from './incoming';

const count = (text: string, pattern: RegExp, most: number): number => {
  let found = 0;
  for (const _ of text.matchAll(pattern)) {
    found += 1;
    if (found > most) break;
  }
  return found;
};

/** Why a browser should not be handed this session description, in one sentence; null: it may. */
export function faultOfSdp(sdp: string): string | null {
  const { mediaSections, candidates } = SIGNALING_LIMITS;
  if (count(sdp, /^m=/gm, mediaSections) > mediaSections) return `an SDP may have ${mediaSections} media sections`;
  if (count(sdp, /^a=candidate:/gm, candidates) > candidates) return `an SDP may have ${candidates} candidates`;
  return null;
}

/**
 * Looks at offers and answers of our own pages, which name their `connection`. Those of others are relayed whatever is in
 * them.
 * @throws SignalingFault `invalid_message`
 */
export function checkOwnSdp({ type, message }: Incoming): void {
  if ((type !== 'offer' && type !== 'answer') || typeof message.connection !== 'string') return;
  const description = message[type];
  const sdp =
    typeof description === 'object' && description !== null && 'sdp' in description ? description.sdp : description;
  const fault = typeof sdp === 'string' ? faultOfSdp(sdp) : null;
  if (fault !== null) throw new SignalingFault('invalid_message', fault);
}
