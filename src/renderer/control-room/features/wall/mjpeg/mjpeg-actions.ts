import type { MjpegSource } from '../../../../../common/model/mjpeg-source';
import { askHub } from '../../../connect/ask-hub';
import { notifyDone, notifyFailure } from '../../shell/notify';

/** Looks at the phones for screens that an app of theirs serves, and says what came of it. */
export async function findScreens(): Promise<void> {
  try {
    const { sources } = await askHub('mjpeg.find', {});
    if (sources.length > 0) return;
    notifyDone(
      'No screen found',
      'Start ScreenStream on the Android phone (local mode, MJPEG), keep it on this network, then look again.',
    );
  } catch (error) {
    notifyFailure('Screens were not looked for', error);
  }
}

/** The same, when the view opens: nobody asked, so nobody is told. */
export function lookForScreens(): void {
  askHub('mjpeg.find', {}).catch((error: unknown) => console.warn('Screens were not looked for.', error));
}

/** Tries again, with a PIN. */
export function openWithPin({ deviceId, address }: MjpegSource, pin: string): void {
  askHub('mjpeg.add', { deviceId, address, pin }).catch((error: unknown) =>
    notifyFailure('The screen was not opened', error),
  );
}

export function removeScreen({ sourceId }: MjpegSource): void {
  askHub('mjpeg.remove', { sourceId }).catch((error: unknown) => notifyFailure('The screen was not removed', error));
}
