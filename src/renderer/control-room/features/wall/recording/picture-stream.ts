import { type ShareView, useShareStore } from '../../../stores/share-store';
import { drawWhole } from './draw-whole';

/** What a recorder takes in. */
export interface Recordable {
  readonly stream: MediaStream;
  /** Of the picture, px; a guess before the first came. */
  readonly height: number;
  /** Lets go of it; the share itself goes on. */
  close(): void;
}

/** A screen on which nothing moves is drawn again so often: a recording without pictures would be too short. */
const REDRAW_MS = 500;
/** Pictures faster than that are left out. */
const MOST_PER_S = 15;
const FIRST_SIZE = { width: 1280, height: 720 };

/** Pictures one by one as a video: each is drawn into a canvas of the first one's size. */
export async function recordPictures(share: ShareView): Promise<Recordable> {
  const canvas = document.createElement('canvas');
  let shown: HTMLImageElement | null = share.pictureUrl === null ? null : await load(share.pictureUrl);
  canvas.width = even(shown?.naturalWidth ?? FIRST_SIZE.width);
  canvas.height = even(shown?.naturalHeight ?? FIRST_SIZE.height);
  const pen = canvas.getContext('2d', { alpha: false });
  const draw = (): void => {
    if (pen && shown) drawWhole(pen, shown);
  };
  let isLoading = false;
  const follow = (): void => {
    const url = useShareStore.getState().shares.get(share.shareId)?.pictureUrl ?? null;
    if (isLoading || url === null || url === shown?.src) return;
    isLoading = true;
    void load(url).then((picture) => {
      isLoading = false;
      shown = picture ?? shown;
      draw();
    });
  };
  const unsubscribe = useShareStore.subscribe(follow);
  const timer = setInterval(() => {
    follow();
    draw();
  }, REDRAW_MS);
  const stream = canvas.captureStream(MOST_PER_S);
  draw();
  return {
    stream,
    height: canvas.height,
    close: () => {
      unsubscribe();
      clearInterval(timer);
      for (const track of stream.getTracks()) track.stop();
    },
  };
}

/** Null: it has been replaced by a newer one already. */
async function load(url: string): Promise<HTMLImageElement | null> {
  const picture = new Image();
  picture.src = url;
  try {
    await picture.decode();
    return picture;
  } catch {
    return null;
  }
}

/** VP8 takes whole blocks of 2 x 2 for colour. */
const even = (px: number): number => Math.max(2, px - (px % 2));
