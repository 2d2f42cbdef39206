import type { ClosedReason, LinkState } from '../link/link-state';

/** How the link is shown. `state` is a data attribute for styles and tests. */
export interface LinkWords {
  readonly state: 'off' | 'connecting' | 'connected' | 'reconnecting' | 'gone' | 'closed';
  /** Changes only with the state: this is what a screen reader is told. */
  readonly label: string;
  /** Second line; may change each second. */
  readonly detail: string | null;
}

/** From here on the hub is out of reach, not just slow. */
const GONE_ATTEMPTS = 3;

const CLOSED: Record<ClosedReason, { label: string; detail: string }> = {
  replaced: {
    label: 'Open in another tab',
    detail: 'This phone is connected from another tab or window. Frames stay here until you use it here again.',
  },
  kicked: {
    label: 'Removed by the operator',
    detail: 'The operator has removed this phone; the hub takes it back after 10 minutes. Frames stay here.',
  },
  unauthorized: {
    label: 'The hub does not know this phone',
    detail: 'Its key is missing or no longer valid. Scan the QR code on the operator’s screen again. Frames stay here.',
  },
};

const seconds = (untilMs: number, nowMs: number): number => Math.max(0, Math.ceil((untilMs - nowMs) / 1000));

/** `isRecording`: the sensors run, so a lost hub loses nothing. */
export function toLinkWords(link: LinkState, isRecording: boolean, nowMs: number): LinkWords {
  switch (link.kind) {
    case 'off':
      return { state: 'off', label: 'Nothing to send', detail: null };
    case 'connected':
      return { state: 'connected', label: 'Connected', detail: null };
    case 'connecting':
      return link.attempt === 0
        ? { state: 'connecting', label: 'Connecting', detail: null }
        : { ...away(link.attempt, isRecording), detail: 'trying now' };
    case 'waiting':
      return { ...away(link.attempt, isRecording), detail: `retry in ${seconds(link.retryAtMs, nowMs)} s` };
    case 'closed':
      return { state: 'closed', ...CLOSED[link.reason] };
  }
}

function away(attempt: number, isRecording: boolean): Pick<LinkWords, 'state' | 'label'> {
  if (attempt < GONE_ATTEMPTS) return { state: 'reconnecting', label: 'Reconnecting' };
  return { state: 'gone', label: isRecording ? 'Hub gone, keeps recording' : 'Hub gone, frames are kept' };
}
