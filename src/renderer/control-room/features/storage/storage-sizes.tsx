import type { RequestResult } from '../../../../common/contract/requests';
import { formatBytes, formatCount, MISSING } from '../../format/quantity';
import { useConnectionStore } from '../../stores/connection-store';
import styles from './storage.module.css';

/** How much of what there is. */
export function StorageSizes({ storage }: { readonly storage: RequestResult<'storage.get'> }) {
  const dataFolder = useConnectionStore((state) => state.hello?.dataFolder);
  const { logBytes, mediaBytes, mediaFiles, thumbnailBytes, recordingBytes, freeBytes } = storage;
  const figures: readonly (readonly [string, string])[] = [
    ['Log', formatBytes(logBytes)],
    [`${formatCount(mediaFiles)} media files`, formatBytes(mediaBytes)],
    ['Recordings', formatBytes(recordingBytes)],
    ['Thumbnails', formatBytes(thumbnailBytes)],
    ['Free on the disk', freeBytes === null ? MISSING : formatBytes(freeBytes)],
  ];
  return (
    <section aria-label="What is on the disk">
      <dl className={styles.figures}>
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>
        In <code>{dataFolder}</code>
      </p>
    </section>
  );
}
