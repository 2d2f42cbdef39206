import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PERSON_COLOURS } from '../../../common/model/person-colour';
import { usePhone } from '../stores/phone-store';
import { Logo } from './logo';

/** Who sends, and to whom: always in view. */
export function PersonHeader({ hubName, children }: { readonly hubName: string; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const { name, colour } = usePhone();
  const shades = colour === null ? null : PERSON_COLOURS[colour];
  return (
    <header className="frame-header">
      {shades ? (
        <span
          className="person-dot"
          aria-hidden="true"
          style={{ '--light': shades.light, '--dark': shades.dark } as CSSProperties}
        />
      ) : (
        <Logo />
      )}
      <div className="person">
        <h1 className="person-name" dir="auto">
          {name}
        </h1>
        <p className="person-to">{t('stream.to', { hub: hubName })}</p>
      </div>
      <div className="frame-aside">{children}</div>
    </header>
  );
}
