import type { ReactNode } from 'react';
import type { Pairing } from '../../../../common/contract/schemas';
import type { WifiNetwork } from '../../../../common/model/wifi-network';
import { PerchMark } from '../../theme/perch-mark';
import { withoutKey } from '../pairing/join-link-text';
import { QrCode } from '../pairing/qr-code';
import { type Paper, Sheet } from '../print/print-dialog';
import styles from './poster.module.css';
import { toWifiText } from './wifi-text';

interface Props {
  readonly pairing: Pairing;
  readonly wifi: WifiNetwork | null;
  readonly paper: Paper;
}

/** What hangs on the tent: read from two metres away. */
export function Poster({ pairing, wifi, paper }: Props) {
  return (
    <Sheet paper={paper}>
      <div className={styles.poster}>
        <header>
          <PerchMark size={56} />
          <h1>Join with your phone</h1>
        </header>
        <Step number={1} title="Join the WiFi">
          {wifi === null ? (
            <p className={styles.missing}>Join the WiFi this laptop is in.</p>
          ) : (
            <WifiStep wifi={wifi} />
          )}
        </Step>
        <Step number={2} title="Open Perch">
          <QrCode url={pairing.joinUrl} sizePx={300} label="QR code that opens Perch" testId="poster-join-qr" />
          <div>
            <p>Point the camera at this code, then follow the page.</p>
            <p className={styles.address}>{withoutKey(pairing.joinUrl)}</p>
          </div>
        </Step>
        <footer>
          Stay in this WiFi, also when the phone says that it has no internet. VPN and mobile data off.
          <br />
          This code lets anybody join who scans it. It holds until the join key is replaced or the laptop’s address
          changes.
        </footer>
      </div>
    </Sheet>
  );
}

function WifiStep({ wifi }: { readonly wifi: WifiNetwork }) {
  return (
    <>
      <QrCode url={toWifiText(wifi)} sizePx={300} label="QR code that joins the WiFi" testId="poster-wifi-qr" />
      <div>
        <p>Point the phone’s camera at this code and tap what it shows.</p>
        <p>
          By hand: <strong>{wifi.ssid}</strong>
          {wifi.password === null ? (
            ', no password'
          ) : (
            <>
              , password <strong className={styles.password}>{wifi.password}</strong>
            </>
          )}
        </p>
      </div>
    </>
  );
}

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly children: ReactNode;
}

function Step({ number, title, children }: StepProps) {
  return (
    <section className={styles.step}>
      <h2>
        <span>{number}</span>
        {title}
      </h2>
      <div className={styles.content}>{children}</div>
    </section>
  );
}
