import { Tooltip } from '@mantine/core';
import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import type { LinkState } from '../../connect/reconnect';
import { formatDuration } from '../../format/time';
import { useClockStore } from '../../stores/clock-store';
import { useConnectionStore } from '../../stores/connection-store';
import styles from './top-bar.module.css';

const WORD: Record<LinkState['kind'], string> = {
  connecting: 'Connecting…',
  online: 'Connected',
  retrying: 'No hub',
  unauthorized: 'Signed out',
  incompatible: 'Reload needed',
};

/** Whether the hub answers; on hover which one, since when, how fast and where it keeps everything. */
export function HubLinkState() {
  const link = useConnectionStore((state) => state.link);
  const hello = useConnectionStore((state) => state.hello);
  const Icon = link.kind === 'online' ? IconPlugConnected : IconPlugConnectedX;
  return (
    <Tooltip label={<HubFacts />} disabled={!hello} multiline w={280}>
      <div className={styles.link} data-kind={link.kind} role="status" data-testid="hub-link">
        <Icon size={16} aria-hidden />
        <span>{WORD[link.kind]}</span>
      </div>
    </Tooltip>
  );
}

function HubFacts() {
  const hello = useConnectionStore((state) => state.hello);
  const roundTripMs = useConnectionStore((state) => state.roundTripMs);
  const nowMs = useClockStore((state) => state.nowMs);
  if (!hello) return null;
  return (
    <>
      Perch {hello.version}, running for {formatDuration(nowMs - hello.startedAtMs)}.
      {roundTripMs !== null && ` It answers in ${Math.max(1, Math.round(roundTripMs))} ms.`}
      <br />
      Everything is kept in {hello.dataFolder}
    </>
  );
}
