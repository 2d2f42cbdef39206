import type { PhoneState } from '../stores/phone-store';

type TroubleState = Pick<PhoneState, 'link' | 'trouble' | 'sos' | 'lastWord' | 'stage'>;

/** What does not get better by itself, so that the person has to be called back to the screen. */
export function toTroubles({ link, trouble, sos, lastWord, stage }: TroubleState): readonly string[] {
  return [
    link.kind === 'closed' ? link.reason : null,
    trouble,
    sos?.state === 'unsent' || lastWord?.state === 'unsent' ? 'unsent' : null,
    stage === 'streaming' ? null : 'stopped',
  ].filter((each) => each !== null);
}
