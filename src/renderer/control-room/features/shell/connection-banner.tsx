import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useControlRoomLink } from '../../connect/hub-link-context';
import { useConnectionStore } from '../../stores/connection-store';
import styles from './banner.module.css';

/** Calm word on a hub that can't be reached, or one this page is too old for. */
export function ConnectionBanner() {
  const link = useConnectionStore((state) => state.link);
  const { retryNow } = useControlRoomLink();
  if (link.kind === 'incompatible') {
    return (
      <div className={styles.banner} data-kind="stale" role="alert">
        <span>The hub was updated. Reload this page to carry on.</span>
        <Button size="compact-xs" variant="default" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </div>
    );
  }
  if (link.kind !== 'retrying') return null;
  return (
    <div className={styles.banner} data-kind="stale" role="status" data-testid="connection-banner">
      <IconPlugConnectedX size={16} aria-hidden />
      <span>Hub not reachable, trying again… Data on phones is kept.</span>
      <Button size="compact-xs" variant="default" onClick={retryNow}>
        Try now
      </Button>
    </div>
  );
}
