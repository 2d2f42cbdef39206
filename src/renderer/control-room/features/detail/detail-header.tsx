import { ActionIcon, Button, CloseButton, Tooltip } from '@mantine/core';
import { IconCurrentLocation, IconFocusCentered, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import type { LiveDevice } from '../../../../common/model/live-device';
import { askHub } from '../../connect/ask-hub';
import { formatAge } from '../../format/time';
import { useClockStore } from '../../stores/clock-store';
import { useIsOperator } from '../../stores/connection-store';
import { presenceOf } from '../../stores/presence';
import { useViewStore } from '../../stores/view-store';
import { PRESENCE_WORD, StateGlyph } from '../../theme/state-glyph';
import { PersonMenu } from '../operator/person-menu';
import { RenameField } from '../shell/rename-field';
import styles from './detail.module.css';

/** Name, state, and what one does with a person on the map. */
export function DetailHeader({ device }: { readonly device: LiveDevice }) {
  const nowMs = useClockStore((state) => state.nowMs);
  const isOperator = useIsOperator();
  const select = useViewStore((state) => state.select);
  const [isRenaming, setIsRenaming] = useState(false);
  const presence = presenceOf(device, nowMs);
  const { deviceId, lastReceivedAtMs } = device;
  const rename = async (name: string): Promise<void> => {
    await askHub('device.rename', { deviceId, name });
  };
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        {isRenaming ? (
          <RenameField
            label="Name"
            value={device.name}
            maxLength={64}
            mayBeEmpty={false}
            onSave={rename}
            onClose={() => setIsRenaming(false)}
          />
        ) : (
          <h2 title={device.name}>{device.name}</h2>
        )}
        {isOperator && !isRenaming && (
          <Tooltip label="Rename">
            <ActionIcon size="sm" aria-label="Rename" onClick={() => setIsRenaming(true)}>
              <IconPencil size={14} />
            </ActionIcon>
          </Tooltip>
        )}
        <CloseButton size="md" ml="auto" aria-label="Close details" onClick={() => select(null)} />
      </div>
      <p className={styles.state} data-presence={presence}>
        <StateGlyph colour={device.colour} presence={presence} />
        {PRESENCE_WORD[presence]}
        {device.isRevoked && <strong data-testid="revoked-badge">· keys revoked</strong>}
        {lastReceivedAtMs !== null && <span>· last frame {formatAge(nowMs - lastReceivedAtMs)} ago</span>}
      </p>
      <div className={styles.actions}>
        <MapActions deviceId={deviceId} isPlaced={device.position !== null} />
        {isOperator && <PersonMenu device={device} />}
      </div>
    </header>
  );
}

function MapActions({ deviceId, isPlaced }: { readonly deviceId: string; readonly isPlaced: boolean }) {
  const isFollowed = useViewStore((state) => state.followedId === deviceId);
  const follow = useViewStore((state) => state.follow);
  const wish = useViewStore((state) => state.wish);
  return (
    <>
      <Button
        size="xs"
        variant={isFollowed ? 'filled' : 'default'}
        disabled={!isPlaced}
        aria-pressed={isFollowed}
        leftSection={<IconFocusCentered size={15} aria-hidden />}
        onClick={() => follow(isFollowed ? null : deviceId)}
      >
        {isFollowed ? 'Following' : 'Follow'}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={!isPlaced}
        leftSection={<IconCurrentLocation size={15} aria-hidden />}
        onClick={() => wish({ kind: 'centre', deviceId })}
      >
        Centre
      </Button>
    </>
  );
}
