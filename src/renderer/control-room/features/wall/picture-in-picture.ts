import { useShareStore } from '../../stores/share-store';
import { demandShare } from './demand-share';
import type { Demand } from './viewer/demands';

/** As large as such a window usually is. */
const DETACHED: Demand = { height: 480, fps: 15 };
const PLACE = 'pip';

/** Ends the one that is out now; null: none is. */
let putBack: (() => void) | null = null;

/**
 * Takes a share out of the page into a window above all others. It has an element and a wish of its own: it is there for when
 * the wall is not in view. Rejects where the browser has no such window, or there is no picture.
 */
export async function detachShare(shareId: string): Promise<void> {
  putBack?.();
  const video = Object.assign(document.createElement('video'), { muted: true, autoplay: true, playsInline: true });
  const follow = (): void => {
    const share = useShareStore.getState().shares.get(shareId);
    if (!share) end();
    else if (video.srcObject !== share.stream) video.srcObject = share.stream;
  };
  const unsubscribe = useShareStore.subscribe(follow);
  const end = (): void => {
    unsubscribe();
    putBack = null;
    demandShare(shareId, PLACE, null);
    if (document.pictureInPictureElement === video) void document.exitPictureInPicture().catch(() => undefined);
    video.srcObject = null;
  };
  putBack = end;
  demandShare(shareId, PLACE, DETACHED);
  video.addEventListener('leavepictureinpicture', end, { once: true });
  follow();
  try {
    await video.play();
    await video.requestPictureInPicture();
  } catch (error) {
    end();
    throw error;
  }
}
