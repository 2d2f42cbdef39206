import { IconStethoscope } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhoneSession } from '../phone-session';

const DoctorSheet = lazy(async () => ({ default: (await import('./doctor-sheet')).DoctorSheet }));

/** In the head of each step of the way in: who is stuck there needs it most. */
export function DoctorButton({ session }: { readonly session: PhoneSession | null }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" className="icon-button" aria-label={t('doctor.button')} onClick={() => setIsOpen(true)}>
        <IconStethoscope size={24} aria-hidden="true" />
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <DoctorSheet session={session} goSecure={null} close={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
