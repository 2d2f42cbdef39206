import type { ShareView } from '../../../stores/share-store';
import { type Recordable, recordPictures } from './picture-stream';

const USUAL_HEIGHT = 720;

/** Where its pictures come from just now. When that changes a recording of it ends. Null: there are none. */
export function sourceOf(share: ShareView): string | null {
  const { health, path, stream, pictureUrl } = share;
  if (health !== 'live') return null;
  if (path === 'snapshots') return pictureUrl === null ? null : 'pictures';
  return stream?.getVideoTracks().some(({ readyState }) => readyState === 'live') ? stream.id : null;
}

/** Only while {@link sourceOf} has something. */
export async function openRecordable(share: ShareView): Promise<Recordable> {
  const { stream, path, quality } = share;
  if (!stream || path === 'snapshots') return recordPictures(share);
  // Tracks that come from afar are only played, and so only recorded, while some element has them.
  const listener = document.createElement('video');
  listener.muted = true;
  listener.srcObject = stream;
  void listener.play().catch(() => undefined);
  await moving(listener);
  return {
    stream: new MediaStream(stream.getTracks()),
    height: quality?.height ?? USUAL_HEIGHT,
    close: () => {
      listener.srcObject = null;
    },
  };
}

/** So many pictures in a row, and no wait for them longer than this, ms: a page that is hidden gets none. */
const FIRST_PICTURES = 4;
const PATIENCE_MS = 3_000;

/** What was just asked of the phone, larger pictures and more of them, takes a moment: the recording begins after it. */
async function moving(video: HTMLVideoElement): Promise<void> {
  const timeout = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS));
  const pictures = async (): Promise<void> => {
    for (let left = FIRST_PICTURES; left > 0; left -= 1) {
      await new Promise<unknown>((resolve) => video.requestVideoFrameCallback(resolve));
    }
  };
  await Promise.race([pictures(), timeout]);
}
