import { Button } from '@mantine/core';
import { IconPlayerRecordFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { formatBytes } from '../../../format/quantity';
import { formatDuration } from '../../../format/time';
import { isRecordedElsewhere, useRecordingStore } from '../../../stores/recording-store';
import { useShareStore } from '../../../stores/share-store';
import { useLocalNow } from '../use-local-now';
import { recorders } from './recorders';
import styles from './recording.module.css';

/** On the wall's bar: records all that is shared, or says how much is recorded and ends it. */
export function RecordAll() {
  const own = useRecordingStore((state) => state.own);
  const shares = useShareStore((state) => state.shares);
  const recordable = useRecordingStore(
    (state) => [...shares.keys()].filter((id) => !state.own.has(id) && !isRecordedElsewhere(state, id)).length,
  );
  const nowMs = useLocalNow();
  const recorded = [...own.values()];
  const began = recorded.flatMap(({ beganAtMs }) => beganAtMs ?? []);
  const bytes = recorded.reduce((sum, one) => sum + one.bytes, 0);
  return (
    <div className={styles.all}>
      {recorded.length > 0 && (
        <span className={styles.sum} data-testid="recording-sum">
          <span className={styles.dot} role="img" aria-label="Recording" />
          {recorded.length} recorded
          {began.length > 0 && ` · ${formatDuration(Math.max(0, nowMs - Math.min(...began)))}`}
          {` · ${formatBytes(bytes)}`}
        </span>
      )}
      {recordable > 0 && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerRecordFilled size={14} className={styles.record} aria-hidden />}
          onClick={() => recorders.setAll(true)}
        >
          Record all
        </Button>
      )}
      {recorded.length > 0 && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerStopFilled size={14} aria-hidden />}
          onClick={() => recorders.setAll(false)}
        >
          {recorded.length === 1 ? 'Stop' : 'Stop all'}
        </Button>
      )}
    </div>
  );
}
