import { IconCertificate, IconLock } from '@tabler/icons-react';
import { isApplePhone } from '../identity/apple-phone';
import { type JoinInfo, toSecureUrl } from '../identity/join-info';
import { Fingerprint } from './fingerprint';
import { Frame } from './frame';

interface GuideViewProps {
  readonly joinKey: string | null;
  /** null: the hub did not answer. */
  readonly info: JoinInfo | 'loading' | null;
  readonly goOnPlain: () => void;
}

function Steps({ hostname }: { readonly hostname: string }) {
  const isApple = isApplePhone(navigator.userAgent);
  return (
    <>
      <details className="steps" open={!isApple}>
        <summary>Android</summary>
        <ol>
          <li>
            Press <b>Open the secure page</b>.
          </li>
          <li>
            The phone warns about the certificate: press <b>Advanced</b>, then <b>Proceed to {hostname}</b>.
          </li>
          <li>
            Press <b>Allow</b> when it asks for your location.
          </li>
        </ol>
      </details>
      <details className="steps" open={isApple}>
        <summary>iPhone</summary>
        <ol>
          <li>
            Press <b>Get the certificate</b>, then <b>Allow</b>.
          </li>
          <li>
            In Settings press <b>Profile Downloaded</b>, then <b>Install</b>.
          </li>
          <li>
            Settings &gt; General &gt; About &gt; <b>Certificate Trust Settings</b>: switch it on. Without this step
            nothing is sent.
          </li>
          <li>
            Come back here and press <b>Open the secure page</b>.
          </li>
        </ol>
      </details>
    </>
  );
}

function WithoutTls({ goOnPlain }: Pick<GuideViewProps, 'goOnPlain'>) {
  return (
    <Frame
      actions={
        <button type="button" className="button button-main" onClick={goOnPlain}>
          Go on with photos only
        </button>
      }
    >
      <h1 className="title">No secure page</h1>
      <p className="lead">
        This hub runs without TLS, so this phone gives the page no position, no orientation and no motion; photos can
        still be sent. Ask the operator to switch TLS on.
      </p>
    </Frame>
  );
}

/** On the plain listener: the way to the page that a phone gives its sensors to. */
export function GuideView({ joinKey, info, goOnPlain }: GuideViewProps) {
  const { hostname } = window.location;
  if (info === 'loading') return <Frame>{null}</Frame>;
  if (info === null) {
    return (
      <Frame>
        <h1 className="title">The hub does not answer</h1>
        <p className="lead">Stay on the WiFi of the hub, switch mobile data and VPN off, and load this page again.</p>
      </Frame>
    );
  }
  if (info.tlsPort === null) return <WithoutTls goOnPlain={goOnPlain} />;
  return (
    <Frame
      actions={
        <a className="button button-main" href={toSecureUrl(hostname, info.tlsPort, joinKey)} rel="noreferrer">
          <IconLock size={22} aria-hidden="true" />
          Open the secure page
        </a>
      }
    >
      <h1 className="title">Join {info.hubName}</h1>
      <p className="lead">
        A phone gives its position and motion to a secure page only. This hub has a certificate of its own, so the phone
        asks you once:
      </p>
      <Steps hostname={hostname} />
      <a className="button button-quiet" href="/ca.crt">
        <IconCertificate size={22} aria-hidden="true" />
        Get the certificate
      </a>
      {info.caFingerprint && <Fingerprint value={info.caFingerprint} />}
    </Frame>
  );
}
