import styles from './app.module.css';
import { PairingDialog } from './features/pairing/pairing-dialog';
import { useOpenPairingWhenEmpty } from './features/pairing/use-open-pairing-when-empty';
import { SessionDialogs } from './features/sessions/session-dialogs';
import { useExportNotices } from './features/sessions/use-export-notices';
import { AlertsBanner } from './features/shell/alerts-banner';
import { ConnectionBanner } from './features/shell/connection-banner';
import { SignIn } from './features/shell/sign-in';
import { TopBar } from './features/shell/top-bar';
import { Workspace } from './features/shell/workspace';
import { useConnectionStore } from './stores/connection-store';

/** The whole control room: sign-in while the hub wants a key, else the workspace and its dialogs. */
export function App() {
  const needsKey = useConnectionStore((state) => state.link.kind === 'unauthorized');
  useOpenPairingWhenEmpty();
  useExportNotices();
  if (needsKey) return <SignIn />;
  return (
    <div className={styles.app}>
      <TopBar />
      <div>
        <ConnectionBanner />
        <AlertsBanner />
      </div>
      <Workspace />
      <PairingDialog />
      <SessionDialogs />
    </div>
  );
}
