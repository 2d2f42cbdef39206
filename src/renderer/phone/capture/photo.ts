/** Enough to read a sign on it, small enough for bad radio: about 300 to 600 KiB. */
const LONGEST_SIDE_PX = 1600;
const JPEG_QUALITY = 0.82;
/** A message of 8 MiB is the most the hub takes. */
const LONGEST_URL = 6 * 1024 * 1024;
const SMALLER = 0.8;

/** Width and height, scaled down to fit; never up. */
export function fitInside(width: number, height: number, longestSide = LONGEST_SIDE_PX): [number, number] {
  const scale = Math.min(1, longestSide / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** The photo as a `data:image/jpeg` URL, upright and scaled down. Rejects when the browser cannot read the file. */
export async function toPhotoDataUrl(file: Blob, longestSidePx = LONGEST_SIDE_PX): Promise<string> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    for (let sidePx = longestSidePx; ; sidePx *= SMALLER) {
      const url = draw(bitmap, sidePx);
      if (url.length <= LONGEST_URL) return url;
    }
  } finally {
    bitmap.close();
  }
}

function draw(bitmap: ImageBitmap, longestSidePx: number): string {
  const [width, height] = fitInside(bitmap.width, bitmap.height, longestSidePx);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no canvas');
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas.toDataURL('image/jpeg', JPEG_QUALITY);
}
