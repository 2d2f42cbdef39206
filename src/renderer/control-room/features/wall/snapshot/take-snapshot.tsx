import { notifications } from '@mantine/notifications';
import { askHub } from '../../../connect/ask-hub';
import { saveJpeg } from '../../../connect/save-file';
import { useConnectionStore } from '../../../stores/connection-store';
import { personOf, useLiveStore } from '../../../stores/live-store';
import type { ShareView } from '../../../stores/share-store';
import { notifyFailure } from '../../shell/notify';
import { toBase64 } from '../base64';
import { nameOf } from '../share-words';
import styles from './snapshot.module.css';
import { snapshotOf } from './snapshot-jpeg';

/** Long enough to look at it. */
const SHOWN_MS = 8_000;

/** Keeps the picture that a share shows now: as a photo of its person, or where there is none as a file. */
export async function takeSnapshot(share: ShareView): Promise<void> {
  try {
    const jpeg = await snapshotOf(share.shareId);
    if (!jpeg) throw new Error('There is no picture yet.');
    await keep(share, jpeg);
  } catch (error) {
    notifyFailure('No snapshot was taken', error);
  }
}

async function keep(share: ShareView, jpeg: Blob): Promise<void> {
  const { deviceId } = share;
  const isOperator = useConnectionStore.getState().hello?.role === 'operator';
  const person = personOf(useLiveStore.getState().devices, deviceId);
  const name = person?.name ?? nameOf(share);
  if (!isOperator || deviceId === null || person === null) {
    const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    if (await saveJpeg(jpeg, `${name.replaceAll(/[^\p{L}\p{N} .-]+/gu, '-')} ${time}.jpg`)) {
      show(jpeg, `Snapshot of ${name}`, 'Saved as a file.');
    }
    return;
  }
  await askHub('snapshot.keep', { deviceId, jpeg: await toBase64(jpeg) });
  show(jpeg, `Snapshot of ${name}`, `Kept with ${name}’s photos.`);
}

function show(jpeg: Blob, title: string, words: string): void {
  const url = URL.createObjectURL(jpeg);
  notifications.show({
    color: 'teal',
    title,
    autoClose: SHOWN_MS,
    onClose: () => URL.revokeObjectURL(url),
    message: (
      <span className={styles.shown}>
        <img src={url} alt={title} data-testid="snapshot-thumbnail" />
        {words}
      </span>
    ),
  });
}
