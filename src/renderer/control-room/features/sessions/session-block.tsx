import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import { formatCount } from '../../format/quantity';
import { formatDuration } from '../../format/time';
import { useClockStore } from '../../stores/clock-store';
import { useIsOperator } from '../../stores/connection-store';
import { sessionTitle, useSessionStore } from '../../stores/session-store';
import { useViewStore } from '../../stores/view-store';
import { RenameField } from '../shell/rename-field';
import { renameSession } from './session-actions';
import styles from './sessions.module.css';

/** The session being recorded: its name, how long, how many frames; rename, start new, stop. */
export function SessionBlock() {
  const session = useSessionStore((state) => state.current);
  const nowMs = useClockStore((state) => state.nowMs);
  const open = useViewStore((state) => state.open);
  const isOperator = useIsOperator();
  const [isRenaming, setIsRenaming] = useState(false);
  if (!session) return null;
  return (
    <div className={styles.block} data-testid="session">
      <span className={styles.recording} role="img" aria-label="Recording" />
      {isRenaming ? (
        <RenameField
          label="Session name"
          value={session.name}
          maxLength={120}
          onSave={(name) => renameSession(session.sessionId, name)}
          onClose={() => setIsRenaming(false)}
        />
      ) : (
        <strong title={sessionTitle(session)}>{sessionTitle(session)}</strong>
      )}
      <span className={styles.facts}>
        {formatDuration(nowMs - session.startedAtMs)} · {formatCount(session.frames)} frames
      </span>
      {isOperator && (
        <Menu position="bottom-start" width={220} shadow="sm">
          <Menu.Target>
            <ActionIcon size="md" aria-label="Session: rename, start, stop">
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setIsRenaming(true)}>
              Rename
            </Menu.Item>
            <Menu.Item leftSection={<IconPlayerPlay size={14} />} onClick={() => open('start-session')}>
              Start new session…
            </Menu.Item>
            <Menu.Item leftSection={<IconPlayerStop size={14} />} onClick={() => open('stop-session')}>
              Stop this session…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
