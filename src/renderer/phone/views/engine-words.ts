import type { HintCode, Reason, ReasonCode, TroubleCode } from '../stores/codes';

export const HINT_WORDS: Record<HintCode, string> = {
  'location-refused': 'Allow location for this page in the browser, and for the browser in the phone’s settings.',
  'location-searching': 'Looking for a position. Best under open sky.',
  'location-unavailable': 'No position yet. Is location switched on in the phone’s settings?',
  'needs-secure-page': 'Needs the secure page.',
  'not-given': 'This phone or browser gives none.',
  'keep-screen-on': 'Keep the screen on by hand: set the phone’s auto-lock to its longest.',
  'motion-refused': 'Allow motion sensors for this page in the browser’s site settings.',
  'motion-refused-apple': 'Close this tab, scan the QR code again and press Allow.',
};

export const TROUBLE_WORDS: Record<TroubleCode, string> = {
  'storage-full':
    'This phone keeps no more frames: its storage is full, or this is a private window. Free some space or use a normal window.',
  'no-microphone': 'This page may not use the microphone. Allow it in the browser’s site settings.',
};

const REASON_WORDS: Record<ReasonCode, string> = {
  'nothing-confirmed': 'it confirmed none of the frames',
  'too-big': 'this is more than it takes at once',
};

export const toReasonText = (reason: Reason): string =>
  reason.kind === 'hub' ? reason.text : REASON_WORDS[reason.code];
