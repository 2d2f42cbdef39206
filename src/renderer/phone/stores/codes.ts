/** What is wrong with the phone itself; the views have the words. */
export type TroubleCode =
  /** The phone keeps no more frames: its storage is full, or this is a private window. */
  | 'storage-full'
  /** The microphone was refused or there is none. */
  | 'no-microphone';

/** Why something is held up or refused: the hub's own sentence, or a code of ours. */
export type Reason =
  | { readonly kind: 'hub'; readonly text: string }
  | { readonly kind: 'phone'; readonly code: ReasonCode };

/** Reasons that no sentence of the hub comes with. */
export type ReasonCode =
  /** The hub answered and confirmed none of what was sent. */
  | 'nothing-confirmed'
  /** One message is bigger than the hub takes. */
  | 'too-big';

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

export const saidByHub = (text: string): Reason => ({ kind: 'hub', text });

export const saidByPhone = (code: ReasonCode): Reason => ({ kind: 'phone', code });
