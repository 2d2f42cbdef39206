import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchJoinInfo, type JoinInfo } from './identity/join-info';
import type { Fragment } from './identity/join-key';
import { KeyGate } from './join/key-gate';
import { NoHubStep } from './join/no-hub-step';
import { PlainJoin } from './join/plain-join';
import { StartSteps } from './join/start-steps';
import { PhoneSession } from './phone-session';
import { usePhone } from './stores/phone-store';
import { Frame } from './views/frame';
import { StreamingView } from './views/streaming-view';

type Opening =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly session: PhoneSession }
  | { readonly kind: 'failed' };

/** One session a page load, however often React mounts. */
let opened: Promise<PhoneSession> | null = null;

interface PhonePageProps {
  readonly joinKey: string | null;
  readonly info: JoinInfo | null;
  /** On the plain page: back to the way to the secure one. null: this is it, or there is none. */
  readonly goSecure: (() => void) | null;
  readonly isLite: boolean;
}

function PhonePage({ joinKey, info, goSecure, isLite }: PhonePageProps) {
  const { t } = useTranslation();
  const [opening, setOpening] = useState<Opening>({ kind: 'opening' });
  const stage = usePhone((state) => state.stage);
  useEffect(() => {
    let isMounted = true;
    opened ??= PhoneSession.open(joinKey, info?.hubId ?? null);
    opened.then(
      (session) => isMounted && setOpening({ kind: 'open', session }),
      () => isMounted && setOpening({ kind: 'failed' }),
    );
    return () => {
      isMounted = false;
    };
  }, [joinKey, info]);
  switch (opening.kind) {
    case 'opening':
      return <Frame>{null}</Frame>;
    case 'failed':
      return (
        <Frame>
          <p className="notice notice-bad" role="alert">
            {t('common.noStorage')}
          </p>
        </Frame>
      );
    case 'open': {
      const { session } = opening;
      const hubName = info?.hubName ?? t('common.thisHub');
      if (stage === 'ready') return <StartSteps session={session} hubName={hubName} isLite={isLite} />;
      return isLite ? (
        <Suspense fallback={<Frame>{null}</Frame>}>
          <LiteView session={session} hubName={hubName} goSecure={goSecure} />
        </Suspense>
      ) : (
        <StreamingView session={session} hubName={hubName} />
      );
    }
  }
}

const LiteView = lazy(async () => ({ default: (await import('./lite/lite-view')).LiteView }));

type Way =
  | { readonly kind: 'join'; readonly isBack: boolean }
  | { readonly kind: 'lite'; readonly code: string | null };

/** The way to the secure page on the plain listener, the phone page itself where the browser gives its sensors. */
export function App({ fragment: { joinKey, code } }: { readonly fragment: Fragment }) {
  const [info, setInfo] = useState<JoinInfo | 'loading' | null>('loading');
  const [way, setWay] = useState<Way>({ kind: 'join', isBack: false });
  const load = (): void => void fetchJoinInfo().then(setInfo);
  useEffect(load, []);
  // Which hub this is decides which keys are its own.
  if (info === 'loading') return <Frame>{null}</Frame>;
  if (window.isSecureContext || way.kind === 'lite') {
    return (
      <KeyGate joinKey={joinKey} hubId={info?.hubId ?? null} code={way.kind === 'lite' ? way.code : code}>
        {(key) => (
          <PhonePage
            joinKey={key}
            info={info}
            isLite={!window.isSecureContext}
            goSecure={info?.tlsPort == null ? null : () => setWay({ kind: 'join', isBack: true })}
          />
        )}
      </KeyGate>
    );
  }
  if (info === null) return <NoHubStep again={load} />;
  return (
    <PlainJoin
      joinKey={joinKey}
      code={code}
      info={info}
      goLite={(typed) => setWay({ kind: 'lite', code: typed })}
      first={way.isBack ? 'get' : 'hello'}
    />
  );
}
