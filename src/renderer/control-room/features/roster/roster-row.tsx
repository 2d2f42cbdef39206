import { IconKeyOff, IconScreenShare } from '@tabler/icons-react';
import { memo } from 'react';
import { formatCount, MISSING } from '../../format/quantity';
import { formatAge } from '../../format/time';
import { useClockStore } from '../../stores/clock-store';
import { useLiveDevice } from '../../stores/live-store';
import { presenceOf } from '../../stores/presence';
import { useShareOf } from '../../stores/share-store';
import { useViewStore } from '../../stores/view-store';
import { PRESENCE_WORD, StateGlyph } from '../../theme/state-glyph';
import styles from './roster.module.css';

/** Under this the operator should think of a power bank: most phones warn at the same. */
const LOW_BATTERY_PCT = 20;

interface Props {
  readonly deviceId: string;
  readonly domId: string;
  /** From 0, of `count`. */
  readonly index: number;
  readonly count: number;
  readonly topPx: number;
  readonly isActive: boolean;
}

/** One person: renders when that person changes, and once a second for the age. */
export const RosterRow = memo(function RosterRow({ deviceId, domId, index, count, topPx, isActive }: Props) {
  const device = useLiveDevice(deviceId);
  const nowMs = useClockStore((state) => state.nowMs);
  const isSelected = useViewStore((state) => state.selectedId === deviceId);
  const hover = useViewStore((state) => state.hover);
  const share = useShareOf(device);
  if (!device) return null;
  const presence = presenceOf(device, nowMs);
  const isCalling = device.sos?.active === true;
  const battery = device.batteryPct === null ? MISSING : `${Math.round(device.batteryPct)}%`;
  const age = device.lastReceivedAtMs === null ? MISSING : formatAge(nowMs - device.lastReceivedAtMs);
  return (
    <div
      id={domId}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      aria-posinset={index + 1}
      aria-setsize={count}
      aria-label={`${isCalling ? 'SOS, ' : ''}${device.name}${device.isRevoked ? ', keys revoked' : ''}, ${PRESENCE_WORD[presence]}, ${device.rateHz.toFixed(1)} frames a second, battery ${battery}, last seen ${age} ago`}
      className={styles.row}
      data-testid="roster-row"
      data-device-id={deviceId}
      data-presence={presence}
      data-active={isActive}
      data-sos={isCalling}
      style={{ transform: `translateY(${topPx}px)` }}
      onMouseEnter={() => hover(deviceId)}
      onMouseLeave={() => hover(null)}
    >
      <span className={styles.name} title={device.name}>
        <StateGlyph colour={device.colour} presence={presence} />
        <span>{device.name}</span>
        {share && <IconScreenShare size={14} className={styles.sharing} aria-label="shares" data-testid="sharing" />}
        {device.isRevoked && (
          <IconKeyOff size={14} className={styles.revoked} aria-label="keys revoked" data-testid="revoked-badge" />
        )}
        {isCalling && (
          <strong className={styles.sos} data-testid="sos-badge">
            SOS
          </strong>
        )}
      </span>
      <span data-testid="rate">{device.rateHz.toFixed(1)}</span>
      <span data-testid="frames">{formatCount(device.frames)}</span>
      <span
        data-testid="battery"
        data-low={device.batteryPct !== null && device.batteryPct < LOW_BATTERY_PCT}
        data-missing={device.batteryPct === null}
      >
        {battery}
      </span>
      <span className={styles.age} data-testid="last-seen">
        {age}
      </span>
    </div>
  );
});
