import { IconAlertCircle, IconCircleCheck, IconCircleDashed, IconLoader2 } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askCamera, askMicrophone } from '../join/ask-microphone';
import type { PhoneSession } from '../phone-session';
import { usePhone } from '../stores/phone-store';
import { Sheet } from '../views/sheet';
import { type Findings, type Remedy, type Rung, toLadder } from './ladder';
import { makeTestPhoto, probeHub, probePermission } from './probes';
import { useRungText } from './use-rung-text';
import './doctor.css';

const ICONS = { ok: IconCircleCheck, bad: IconAlertCircle, wait: IconLoader2, skip: IconCircleDashed } as const;

interface DoctorSheetProps {
  /** null: on the way to the page that sends, where there is none yet. */
  readonly session: PhoneSession | null;
  readonly goSecure: (() => void) | null;
  readonly close: () => void;
}

/** A ladder from this phone to the laptop's disk: a tick each, or one sentence and one button. */
export function DoctorSheet({ session, goSecure, close }: DoctorSheetProps) {
  const { t } = useTranslation();
  const phone = usePhone();
  const [findings, setFindings] = useState<Findings>(() => ({
    isReached: null,
    isSecure: window.isSecureContext,
    microphone: null,
    camera: null,
    clockAheadMs: null,
    photoAtMs: null,
  }));
  const find = useCallback((found: Partial<Findings>) => setFindings((known) => ({ ...known, ...found })), []);
  const check = useCallback((): void => {
    void probeHub(session?.hubOrigin ?? location.origin).then(find);
    void probePermission('microphone').then((microphone) => find({ microphone }));
    void probePermission('camera').then((camera) => find({ camera }));
  }, [find, session]);
  useEffect(check, [check]);
  const ladder = toLadder(phone, findings);
  const bad = ladder.filter(({ state }) => state === 'bad').length;
  const isWaiting = ladder.some(({ state }) => state === 'wait');
  const press: Record<Remedy, () => void> = {
    again: () => {
      find({ isReached: null, clockAheadMs: null });
      check();
    },
    secure: () => {
      close();
      goSecure?.();
    },
    microphone: () => void askMicrophone().then((isGiven) => find({ microphone: isGiven ? 'granted' : 'denied' })),
    camera: () => void askCamera().then((isGiven) => find({ camera: isGiven ? 'granted' : 'denied' })),
    start: () => session?.start({ name: phone.name, colour: phone.colour }),
    connect: () => session?.reconnect(),
    photo: () => {
      find({ photoAtMs: Date.now() });
      void makeTestPhoto().then((photo) => session?.addPhoto(photo, t('doctor.photo.caption')));
    },
  };
  return (
    <Sheet
      title={t('doctor.title')}
      close={close}
      actions={
        <button type="button" className="button button-quiet" onClick={press.again}>
          {t('doctor.again')}
        </button>
      }
    >
      <p className="lead" role="status" data-testid="doctor-sum">
        {bad > 0 ? t('doctor.someBad', { count: bad }) : isWaiting ? t('doctor.wait') : t('doctor.allFine')}
      </p>
      {phone.stage === 'ready' && <p className="quiet">{t('doctor.early')}</p>}
      <ol className="ladder">
        {ladder.map((rung) => (
          <RungRow
            key={rung.name}
            rung={rung}
            findings={findings}
            press={rung.remedy === 'secure' && !goSecure ? null : rung.remedy && press[rung.remedy]}
          />
        ))}
      </ol>
    </Sheet>
  );
}

interface RungRowProps {
  readonly rung: Rung;
  readonly findings: Findings;
  readonly press: (() => void) | null;
}

function RungRow({ rung, findings, press }: RungRowProps) {
  const { t } = useTranslation();
  const { name, state } = rung;
  const { sentence, button } = useRungText(rung, findings);
  const Icon = ICONS[state];
  return (
    <li className="rung" data-state={state} data-testid={`rung-${name}`}>
      <Icon className={state === 'wait' ? 'rung-icon spins' : 'rung-icon'} size={24} aria-hidden="true" />
      <span className="rung-name">{t(`doctor.${name}.name`)}</span>
      <span className="rung-state">{t(`doctor.${state}`)}</span>
      {sentence && <p className="rung-why">{sentence}</p>}
      {button && press && (
        <button type="button" className="button button-quiet rung-button" onClick={press}>
          {button}
        </button>
      )}
    </li>
  );
}
