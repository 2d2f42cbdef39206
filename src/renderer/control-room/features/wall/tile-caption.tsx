import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCamera, IconDeviceMobile, IconMapPin } from '@tabler/icons-react';
import type { ShareView } from '../../stores/share-store';
import { useViewStore } from '../../stores/view-store';
import { healthWords, pathWords, qualityWords } from './share-words';
import styles from './tile.module.css';
import { useLocalNow } from './use-local-now';
import type { SharePerson } from './use-share-person';

/** Whose it is, and how it is: all figures on a line that a narrow tile cuts short. */
export function TileCaption({ share, person }: { readonly share: ShareView; readonly person: SharePerson }) {
  const nowMs = useLocalNow();
  const { device } = person;
  const isPulled = share.source === 'mjpeg' && share.health === 'live';
  const figures = share.quality && (share.path === 'direct' || isPulled) ? qualityWords(share.quality) : [];
  const path = pathWords(share);
  const line = [...figures, ...(path === null ? [] : [path])];
  return (
    <footer className={styles.caption}>
      <div className={styles.who}>
        <span className={styles.dot} />
        <strong title={person.name}>{person.name}</strong>
        <KindIcon kind={share.kind} />
        {share.deviceId === null && (
          <Tooltip label="Of no paired phone: its name is what its sender says.">
            <span className={styles.unpaired} data-testid="tile-unpaired">
              unpaired
            </span>
          </Tooltip>
        )}
        {device?.batteryPct != null && (
          <span className={styles.battery} data-low={device.batteryPct < 20} data-testid="tile-battery">
            {Math.round(device.batteryPct)}%
          </span>
        )}
        <span className={styles.health} data-testid="tile-health">
          {healthWords(share, nowMs)}
        </span>
        {device && <ShowOnMap deviceId={device.deviceId} isPlaced={device.position !== null} />}
      </div>
      <div className={styles.figures} data-testid="tile-quality" title={line.join(' · ')}>
        {line.map((figure) => (
          <span key={figure}>{figure}</span>
        ))}
      </div>
    </footer>
  );
}

function KindIcon({ kind }: { readonly kind: ShareView['kind'] }) {
  if (kind === null) return null;
  const Icon = kind === 'camera' ? IconCamera : IconDeviceMobile;
  return <Icon size={14} aria-label={kind} className={styles.kind} />;
}

function ShowOnMap({ deviceId, isPlaced }: { readonly deviceId: string; readonly isPlaced: boolean }) {
  const showOnMap = (): void => {
    const view = useViewStore.getState();
    view.select(deviceId);
    if (!isPlaced) return;
    if (view.middle === 'screens') view.show('both');
    view.wish({ kind: 'centre', deviceId });
  };
  const label = isPlaced ? 'Show on map' : 'Show details';
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" aria-label={label} onClick={showOnMap}>
        <IconMapPin size={14} />
      </ActionIcon>
    </Tooltip>
  );
}
