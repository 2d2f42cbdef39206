import type { TFunction } from 'i18next';
import type { LinkState } from '../link/link-state';

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

const seconds = (untilMs: number, nowMs: number): number => Math.max(0, Math.ceil((untilMs - nowMs) / 1000));

/** `isRecording`: the sensors run, so a lost hub loses nothing. */
export function toLinkWords(t: TFunction, link: LinkState, isRecording: boolean, nowMs: number): LinkWords {
  switch (link.kind) {
    case 'off':
      return { state: 'off', label: t('link.off'), detail: null };
    case 'connected':
      return { state: 'connected', label: t('link.connected'), detail: null };
    case 'connecting':
      return link.attempt === 0
        ? { state: 'connecting', label: t('link.connecting'), detail: null }
        : { ...away(t, link.attempt, isRecording), detail: t('link.tryingNow') };
    case 'waiting':
      return {
        ...away(t, link.attempt, isRecording),
        detail: t('link.retryIn', { n: seconds(link.retryAtMs, nowMs) }),
      };
    case 'closed':
      return { state: 'closed', label: t(`link.${link.reason}.label`), detail: t(`link.${link.reason}.detail`) };
  }
}

function away(t: TFunction, attempt: number, isRecording: boolean): Pick<LinkWords, 'state' | 'label'> {
  if (attempt < GONE_ATTEMPTS) return { state: 'reconnecting', label: t('link.reconnecting') };
  return { state: 'gone', label: isRecording ? t('link.goneRecording') : t('link.gone') };
}
