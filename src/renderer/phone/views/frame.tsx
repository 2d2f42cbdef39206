import type { ReactNode } from 'react';
import { Logo } from './logo';

interface FrameProps {
  readonly children: ReactNode;
  /** Right of the mark. */
  readonly aside?: ReactNode;
  /** Under the thumb, always in view. */
  readonly actions?: ReactNode;
}

/** Header, content, and the actions at the bottom where one hand reaches them. */
export function Frame({ children, aside, actions }: FrameProps) {
  return (
    <div className="frame">
      <header className="frame-header">
        <Logo />
        <span className="frame-title">Perch</span>
        {aside}
      </header>
      <main className="frame-main">{children}</main>
      {actions && <footer className="frame-actions">{actions}</footer>}
    </div>
  );
}
