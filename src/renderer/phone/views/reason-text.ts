import type { TFunction } from 'i18next';
import type { Reason } from '../stores/codes';

/** The hub's own sentence stays in the language of the hub: it is the operator's to read out. */
export const reasonText = (t: TFunction, reason: Reason): string =>
  reason.kind === 'hub' ? t('link.hubSays', { text: reason.text }) : t(`reason.${reason.code}`);
