/** The hub takes this much in one message. */
const MOST_BYTES = 700_000;
/** From hardly any loss to what still serves. */
const QUALITIES = [0.92, 0.85, 0.75, 0.6, 0.45, 0.3, 0.15] as const;

/** The picture of a share that is on the screen now, as large as it came. Null: there is none. */
export async function snapshotOf(shareId: string): Promise<Blob | null> {
  const tile = document.querySelector(`[data-testid="tile"][data-share-id="${CSS.escape(shareId)}"]`);
  const shown = tile?.querySelector<HTMLVideoElement | HTMLImageElement>('video:not([hidden]), img');
  if (!shown) return null;
  const [width, height] =
    shown instanceof HTMLVideoElement
      ? [shown.videoWidth, shown.videoHeight]
      : [shown.naturalWidth, shown.naturalHeight];
  if (width === 0 || height === 0) return null;
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d', { alpha: false })?.drawImage(shown, 0, 0);
  return toSmallJpeg(canvas);
}

async function toSmallJpeg(canvas: HTMLCanvasElement): Promise<Blob | null> {
  let jpeg: Blob | null = null;
  for (const quality of QUALITIES) {
    jpeg = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (jpeg !== null && jpeg.size <= MOST_BYTES) return jpeg;
  }
  return jpeg;
}
