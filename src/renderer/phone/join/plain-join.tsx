import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type JoinInfo, toSecureUrl } from '../identity/join-info';
import { CodeStep } from './code-step';
import { HelloStep } from './hello-step';
import { type PhoneSystem, toPhoneSystem } from './phone-system';
import { Step } from './step';
import { watchTrust } from './trust-probe';
import { partsOf, TrustStep } from './trust-steps';
import { WithoutStep } from './without-step';

type Screen = 'hello' | 'code' | 'get' | 'install' | 'switch' | 'without';

interface PlainJoinProps {
  readonly joinKey: string | null;
  readonly code: string | null;
  readonly info: JoinInfo;
  /** Stays on the plain page, with the code that was typed here. */
  readonly goLite: (code: string | null) => void;
  /** Where to begin: someone who comes from the lite page knows the rest. */
  readonly first?: Screen;
}

/** On the plain listener: the way to the page that a phone gives its sensors to. */
export function PlainJoin({ joinKey, code: codeInLink, info, goLite, first = 'hello' }: PlainJoinProps) {
  const { i18n } = useTranslation();
  const [screen, setScreen] = useState<Screen>(info.caFingerprint === null ? 'hello' : first);
  const [system, setSystem] = useState<PhoneSystem>(() => toPhoneSystem(navigator.userAgent, navigator.maxTouchPoints));
  const [code, setCode] = useState(codeInLink);
  const { tlsPort, hubName, secureHost } = info;
  const hostname = secureHost ?? window.location.hostname;
  // Its owner's certificate: phones trust it or they do not, and there is nothing to install.
  const isOwn = info.caFingerprint === null;
  const toSecure = (typed: string | null): string =>
    tlsPort === null ? '' : toSecureUrl(hostname, tlsPort, { joinKey, code: typed, language: i18n.language });
  const secureUrl = toSecure(code);
  const open = (typed: string | null): void => window.location.assign(toSecure(typed));
  const isTyping = screen === 'code';
  useEffect(() => {
    // A code half typed must not be lost to a page that goes on by itself.
    if (tlsPort === null || isTyping) return;
    // replace: the way back would only lead here again.
    return watchTrust(`https://${hostname}:${tlsPort}/health`, () => window.location.replace(secureUrl));
  }, [hostname, tlsPort, secureUrl, isTyping]);

  if (tlsPort === null) return <NoTls goLite={() => goLite(code)} />;
  const parts = partsOf(system);
  switch (screen) {
    case 'hello':
      return (
        <HelloStep
          key={screen}
          hubName={hubName}
          system={system}
          choose={setSystem}
          begin={() => (isOwn ? open(code) : setScreen('get'))}
          typeCode={joinKey || code ? null : () => setScreen('code')}
          goWithout={isOwn ? () => setScreen('without') : null}
        />
      );
    case 'code':
      return (
        <CodeStep
          key={screen}
          // Changed for a key on the secure page, or on this one if it stays: not in the clear if it can be helped.
          use={(typed) => {
            setCode(typed);
            if (isOwn) open(typed);
            setScreen(isOwn ? 'hello' : 'get');
          }}
          fault={null}
          isBusy={false}
          onBack={() => setScreen('hello')}
        />
      );
    case 'without':
      return (
        <WithoutStep
          key={screen}
          system={system}
          secureUrl={secureUrl}
          goLite={() => goLite(code)}
          back={() => setScreen(isOwn ? 'hello' : 'get')}
        />
      );
    default: {
      const at = parts.indexOf(screen);
      return (
        <TrustStep
          key={screen}
          part={screen}
          system={system}
          info={info}
          secureUrl={secureUrl}
          next={() => setScreen(parts[at + 1] ?? screen)}
          back={() => setScreen(parts[at - 1] ?? 'hello')}
          goWithout={() => setScreen('without')}
        />
      );
    }
  }
}

function NoTls({ goLite }: { readonly goLite: () => void }) {
  const { t } = useTranslation();
  return (
    <Step
      phase="reach"
      title={t('join.noTls.title')}
      lead={t('join.noTls.lead')}
      actions={
        <button type="button" className="button button-main" onClick={goLite}>
          {t('join.noTls.go')}
        </button>
      }
    />
  );
}
