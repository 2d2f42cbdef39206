import { IconChevronLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Logo } from './logo';

interface FrameProps {
  readonly children: ReactNode;
  /** At the far end of the header. */
  readonly aside?: ReactNode;
  /** In place of the mark. */
  readonly onBack?: (() => void) | null;
  /** Under the thumb, always in view. */
  readonly actions?: ReactNode;
  /** One action below the other instead of side by side. */
  readonly isStacked?: boolean;
}

/** The name of the product: the same in every language. */
const PRODUCT = 'Perch';

/** Header, content, and the actions at the bottom where one hand reaches them. */
export function Frame({ children, aside, onBack = null, actions, isStacked = false }: FrameProps) {
  const { t } = useTranslation();
  return (
    <div className="frame">
      <header className="frame-header">
        {onBack ? (
          <button type="button" className="icon-button" aria-label={t('common.back')} onClick={onBack}>
            <IconChevronLeft className="flips" size={26} aria-hidden="true" />
          </button>
        ) : (
          <Logo />
        )}
        <span className="frame-title">{PRODUCT}</span>
        {aside && <div className="frame-aside">{aside}</div>}
      </header>
      <main className="frame-main">{children}</main>
      {actions && (
        <footer className="frame-actions" data-stacked={isStacked}>
          {actions}
        </footer>
      )}
    </div>
  );
}
