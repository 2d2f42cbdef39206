import { useEffect, useState } from 'react';
import { fetchJoinInfo, type JoinInfo } from './identity/join-info';
import { PhoneSession } from './phone-session';
import { usePhone } from './stores/phone-store';
import { Frame } from './views/frame';
import { GuideView } from './views/guide-view';
import { StartView } from './views/start-view';
import { StreamingView } from './views/streaming-view';

type Opening =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly session: PhoneSession }
  | { readonly kind: 'failed' };

const NO_STORAGE = 'This browser keeps nothing for this page. Open it in a normal window, not a private one.';

/** One session a page load, however often React mounts. */
let opened: Promise<PhoneSession> | null = null;

function PhonePage({ joinKey, info }: { readonly joinKey: string | null; readonly info: JoinInfo | null }) {
  const [opening, setOpening] = useState<Opening>({ kind: 'opening' });
  const stage = usePhone((state) => state.stage);
  useEffect(() => {
    let isMounted = true;
    opened ??= PhoneSession.open(joinKey);
    opened.then(
      (session) => isMounted && setOpening({ kind: 'open', session }),
      () => isMounted && setOpening({ kind: 'failed' }),
    );
    return () => {
      isMounted = false;
    };
  }, [joinKey]);
  switch (opening.kind) {
    case 'opening':
      return <Frame>{null}</Frame>;
    case 'failed':
      return (
        <Frame>
          <p className="notice notice-bad" role="alert">
            {NO_STORAGE}
          </p>
        </Frame>
      );
    case 'open': {
      const hubName = info?.hubName ?? 'this hub';
      return stage === 'ready' ? (
        <StartView session={opening.session} hubName={hubName} />
      ) : (
        <StreamingView session={opening.session} hubName={hubName} />
      );
    }
  }
}

/** The guide on the plain listener, the phone page itself where the browser gives its sensors. */
export function App({ joinKey }: { readonly joinKey: string | null }) {
  const [info, setInfo] = useState<JoinInfo | 'loading' | null>('loading');
  const [goesOnPlain, setGoesOnPlain] = useState(false);
  useEffect(() => {
    void fetchJoinInfo().then(setInfo);
  }, []);
  if (window.isSecureContext || goesOnPlain) {
    return <PhonePage joinKey={joinKey} info={info === 'loading' ? null : info} />;
  }
  return <GuideView joinKey={joinKey} info={info} goOnPlain={() => setGoesOnPlain(true)} />;
}
