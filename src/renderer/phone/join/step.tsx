import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { DoctorButton } from '../doctor/doctor-button';
import { LanguagePicker } from '../i18n/language-picker';
import type { PhoneSession } from '../phone-session';
import { Frame } from '../views/frame';

/** Reach the hub, trust it, say who you are, start. */
const PHASES = ['reach', 'trust', 'you', 'start'] as const;

type Phase = (typeof PHASES)[number];

interface StepProps {
  /** Which dot is lit; the same four on the plain and on the secure page, so that the way is one. */
  readonly phase: Phase;
  /** How far inside its phase, 0 to 1. */
  readonly share?: number;
  readonly title: string;
  readonly lead?: string | null;
  /** One main thing to press, and at most one other. */
  readonly actions: ReactNode;
  readonly onBack?: (() => void) | null;
  readonly children?: ReactNode;
  /** null before there is one. */
  readonly session?: PhoneSession | null;
}

/** One decision a screen. The title takes the focus, so that a screen reader reads the new screen. */
export function Step({ phase, share = 1, title, lead, actions, onBack, children, session = null }: StepProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const at = PHASES.indexOf(phase);
  return (
    <Frame
      aside={
        <>
          <LanguagePicker />
          <DoctorButton session={session} />
        </>
      }
      onBack={onBack ?? null}
      actions={actions}
      isStacked
    >
      <div className="dots" role="img" aria-label={t('common.step', { n: at + 1, of: PHASES.length })}>
        {PHASES.map((each, index) => (
          <span key={each} className="dot">
            <span
              className="dot-done"
              style={{ inlineSize: `${index < at ? 100 : index > at ? 0 : Math.round(share * 100)}%` }}
            />
          </span>
        ))}
      </div>
      <h1 className="title" tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {lead && <p className="lead">{lead}</p>}
      {children}
    </Frame>
  );
}
