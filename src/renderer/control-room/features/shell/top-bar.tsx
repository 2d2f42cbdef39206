import { Button } from '@mantine/core';
import { IconFolders, IconQrcode } from '@tabler/icons-react';
import { useIsOperator } from '../../stores/connection-store';
import { useViewStore } from '../../stores/view-store';
import { PerchMark } from '../../theme/perch-mark';
import { MessageEverybody } from '../operator/message-everybody';
import { SessionBlock } from '../sessions/session-block';
import { AlertsBell } from './alerts-bell';
import { HubLinkState } from './hub-link-state';
import { ThemeToggle } from './theme-toggle';
import { ToolsMenu } from './tools-menu';
import styles from './top-bar.module.css';

/** What is being recorded, and the ways to everything that is not always on the screen. */
export function TopBar() {
  const open = useViewStore((state) => state.open);
  const isOperator = useIsOperator();
  return (
    <header className={styles.bar}>
      <div className={styles.brand}>
        <PerchMark size={26} />
        <h1>Perch</h1>
      </div>
      <SessionBlock />
      <div className={styles.actions}>
        {isOperator && (
          <Button size="xs" leftSection={<IconQrcode size={16} aria-hidden />} onClick={() => open('pairing')}>
            Pair phones
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFolders size={16} aria-hidden />}
          onClick={() => open('sessions')}
        >
          Sessions
        </Button>
        <ToolsMenu />
        <span className={styles.divider} />
        <HubLinkState />
        {isOperator && <MessageEverybody />}
        <AlertsBell />
        <ThemeToggle />
      </div>
    </header>
  );
}
