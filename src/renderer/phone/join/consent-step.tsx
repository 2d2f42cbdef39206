import { IconBattery3, IconCamera, IconCurrentLocation, IconPlayerPlayFilled, IconRotate3d } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person, PhoneSession } from '../phone-session';
import { usePhone } from '../stores/phone-store';
import { Counters } from '../views/counters';
import { LinkStrip } from '../views/link-strip';
import { Notices } from '../views/notices';
import { EndSos, SosBanner } from '../views/sos';
import { UnsentSheet } from '../views/unsent-sheet';
import { useNow } from '../views/use-now';
import { askMicrophone } from './ask-microphone';
import { Step } from './step';

const SENT = [
  ['position', IconCurrentLocation],
  ['motion', IconRotate3d],
  ['battery', IconBattery3],
  ['yours', IconCamera],
] as const;

interface ConsentStepProps {
  readonly session: PhoneSession;
  readonly person: Person;
  readonly hubName: string;
  /** The plain page gives no sensors: it sends only what the person makes. */
  readonly isLite: boolean;
  readonly change: () => void;
}

/** What is sent and to whom, before anything is. Start is the one tap inside which a browser asks its questions. */
export function ConsentStep({ session, person, hubName, isLite, change }: ConsentStepProps) {
  const { t } = useTranslation();
  const start = (): void => {
    // First: iOS answers motion only as the first question inside the tap.
    session.start(person);
    if (!isLite) void askMicrophone();
  };
  const [hadWaiting] = useState(() => {
    const { waiting, held } = usePhone.getState().counts;
    return waiting + held > 0;
  });
  return (
    <Step
      phase="start"
      session={session}
      title={t('join.consent.title', { name: person.name })}
      lead={t('join.consent.lead', { hub: hubName })}
      onBack={change}
      actions={
        <button type="button" className="button button-main button-big" onClick={start}>
          <IconPlayerPlayFilled size={24} aria-hidden="true" />
          {t('join.consent.start')}
        </button>
      }
    >
      <SosBanner />
      <EndSos session={session} />
      <Notices session={session} />
      <ul className="points">
        {SENT.filter(([what]) => !isLite || what === 'yours').map(([what, Icon]) => (
          <li key={what} className="point">
            <Icon size={22} aria-hidden="true" />
            {isLite ? t('join.consent.yoursLite') : t(`join.consent.${what}`)}
          </li>
        ))}
      </ul>
      <p className="quiet">
        {!isLite && `${t('join.consent.ask')} `}
        {t('join.consent.stop')}
      </p>
      {!session.hasKey && (
        <p className="notice notice-wait" role="status">
          {t('join.consent.noKey')}
        </p>
      )}
      {hadWaiting && <LeftOver session={session} />}
    </Step>
  );
}

/** What an earlier page load left, still on its way. */
function LeftOver({ session }: { readonly session: PhoneSession }) {
  const { t } = useTranslation();
  const nowMs = useNow();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <p className="quiet">{t('join.consent.leftOver')}</p>
      <LinkStrip session={session} nowMs={nowMs} />
      <Counters />
      <button type="button" className="button button-quiet" onClick={() => setIsOpen(true)}>
        {t('unsent.button')}
      </button>
      {isOpen && <UnsentSheet session={session} close={() => setIsOpen(false)} />}
    </>
  );
}
