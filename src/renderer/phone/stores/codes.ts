import type { IngestErrorCode } from '../../../common/wire/ingest';

/** What is wrong with the phone itself; the views have the words. */
export type TroubleCode =
  /** The phone keeps no more frames: its storage is full, or this is a private window. */
  | 'storage-full'
  /** The microphone was refused or there is none. */
  | 'no-microphone';

/** Why something is held up or refused; the views have the words. */
export type ReasonCode =
  /** The hub answered and confirmed none of what was sent. */
  | 'nothing-confirmed'
  /** One message is bigger than the hub takes. */
  | 'too-big'
  | 'not-understood'
  | 'too-fast'
  | 'disk-full'
  | 'key-refused'
  | 'not-let-in';

/** The hub's own sentences are in English only, and for who writes programs. */
const OF_HUB: ReadonlyMap<string, ReasonCode> = new Map<IngestErrorCode, ReasonCode>([
  ['rate_limited', 'too-fast'],
  ['too_large', 'too-big'],
  ['storage_unavailable', 'disk-full'],
  ['unauthorized', 'key-refused'],
  ['pending_approval', 'not-let-in'],
]);

/** What the person can do about a sensor; the views have the words. */
export type HintCode =
  | 'location-refused'
  | 'location-searching'
  | 'location-unavailable'
  | 'needs-secure-page'
  | 'not-given'
  | 'keep-screen-on'
  | 'motion-refused'
  /** iOS asks again only in a new tab. */
  | 'motion-refused-apple';

/** Also of a code that only a newer hub knows. */
export const toReason = (code: IngestErrorCode): ReasonCode => OF_HUB.get(code) ?? 'not-understood';
