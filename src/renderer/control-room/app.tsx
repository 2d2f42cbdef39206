import { useEffect } from 'react';
import styles from './app.module.css';
import { useWordNotices } from './features/operator/use-word-notices';
import { PairingDialog } from './features/pairing/pairing-dialog';
import { useOpenPairingWhenEmpty } from './features/pairing/use-open-pairing-when-empty';
import { SessionDialogs } from './features/sessions/session-dialogs';
import { useExportNotices } from './features/sessions/use-export-notices';
import { AlertsBanner } from './features/shell/alerts-banner';
import { ConnectionBanner } from './features/shell/connection-banner';
import { keepFocus } from './features/shell/keep-focus';
import { SignIn } from './features/shell/sign-in';
import { ToolDialogs } from './features/shell/tool-dialogs';
import { TopBar } from './features/shell/top-bar';
import { Workspace } from './features/shell/workspace';
import { SosBanner } from './features/sos/sos-banner';
import { useSosAlarm } from './features/sos/use-sos-alarm';
import { useConnectionStore } from './stores/connection-store';

/** The whole control room: sign-in while the hub wants a key, else the workspace and its dialogs. */
export function App() {
  const needsKey = useConnectionStore((state) => state.link.kind === 'unauthorized');
  useOpenPairingWhenEmpty();
  useExportNotices();
  useWordNotices();
  useEffect(keepFocus, []);
  useSosAlarm();
  if (needsKey) return <SignIn />;
  return (
    <div className={styles.app}>
      <TopBar />
      <div>
        <SosBanner />
        <ConnectionBanner />
        <AlertsBanner />
      </div>
      <Workspace />
      <PairingDialog />
      <SessionDialogs />
      <ToolDialogs />
    </div>
  );
}
