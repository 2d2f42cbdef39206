import { IconBulbOff, IconDeviceFloppy, IconDotsVertical, IconStethoscope } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguagePicker } from '../i18n/language-picker';
import type { PhoneSession } from '../phone-session';
import { usePhone } from '../stores/phone-store';
import { DarkOverlay } from './dark-overlay';
import { Sheet } from './sheet';
import { UnsentSheet } from './unsent-sheet';

const DoctorSheet = lazy(async () => ({ default: (await import('../doctor/doctor-sheet')).DoctorSheet }));

type Open = 'none' | 'menu' | 'doctor' | 'unsent' | 'dark';

interface MenuProps {
  readonly session: PhoneSession;
  readonly goSecure: (() => void) | null;
}

/** What is seldom needed. */
export function Menu({ session, goSecure }: MenuProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open>('none');
  const waiting = usePhone((state) => state.counts.waiting);
  const close = (): void => setOpen('none');
  return (
    <>
      <button type="button" className="icon-button" aria-label={t('stream.menu')} onClick={() => setOpen('menu')}>
        <IconDotsVertical size={24} aria-hidden="true" />
      </button>
      {open === 'menu' && (
        <Sheet title={t('stream.menu')} close={close}>
          <div className="menu">
            <button type="button" className="menu-item" onClick={() => setOpen('dark')}>
              <IconBulbOff size={24} aria-hidden="true" />
              <span>
                {t('dark.button')}
                <small>{t('dark.why')}</small>
              </span>
            </button>
            <button type="button" className="menu-item" onClick={() => setOpen('doctor')}>
              <IconStethoscope size={24} aria-hidden="true" />
              <span>
                {t('doctor.button')}
                <small>{t('doctor.lead')}</small>
              </span>
            </button>
            <button type="button" className="menu-item" onClick={() => setOpen('unsent')}>
              <IconDeviceFloppy size={24} aria-hidden="true" />
              <span>
                {t('unsent.button')}
                <small>{waiting === 0 ? t('unsent.none') : t('unsent.count', { count: waiting })}</small>
              </span>
            </button>
            <div className="menu-item">
              <LanguagePicker />
            </div>
          </div>
        </Sheet>
      )}
      {open === 'doctor' && (
        <Suspense fallback={null}>
          <DoctorSheet session={session} goSecure={goSecure} close={close} />
        </Suspense>
      )}
      {open === 'unsent' && <UnsentSheet session={session} close={close} />}
      {open === 'dark' && <DarkOverlay leave={close} />}
    </>
  );
}
