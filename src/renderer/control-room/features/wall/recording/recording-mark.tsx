import { formatBytes } from '../../../format/quantity';
import { formatDuration } from '../../../format/time';
import { isRecordedElsewhere, useRecordingStore } from '../../../stores/recording-store';
import { useLocalNow } from '../use-local-now';
import styles from './recording.module.css';

/** On the tile of a share that is recorded: a red dot, how long, how much; or that another control room does it. */
export function RecordingMark({ shareId }: { readonly shareId: string }) {
  const recording = useRecordingStore(({ own }) => own.get(shareId));
  const nowMs = useLocalNow();
  const isElsewhere = useRecordingStore((state) => isRecordedElsewhere(state, shareId));
  if (!recording && isElsewhere) {
    return (
      <span className={styles.mark} data-state="elsewhere" data-testid="recording-mark">
        <span className={styles.dot} role="img" aria-label="Recording" />
        recorded elsewhere
      </span>
    );
  }
  if (!recording) return null;
  const { state, beganAtMs, bytes } = recording;
  return (
    <span className={styles.mark} data-state={state} data-testid="recording-mark">
      <span className={styles.dot} role="img" aria-label="Recording" />
      {beganAtMs === null
        ? 'waits for a picture'
        : `${formatDuration(Math.max(0, nowMs - beganAtMs))} · ${formatBytes(bytes)}`}
    </span>
  );
}
