import type { Sharp, SharpOptions } from 'sharp';

/** A phone's picture has 12 to 50 million pixels; decoded, this is 200 MB at most. */
const MAX_PIXELS = 64_000_000;

/** The slowest picture of that size takes 2 s here; a crafted one is given up. */
const TIMEOUT_S = 10;

/** A common choice: no marks of compression at a glance, some 40 kB at 640 pixels. */
const JPEG_QUALITY = 80;

/** The image library, set up. */
export type Open = (input: Buffer, options: SharpOptions) => Sharp;

/** Loaded with the first thumbnail: the library takes 30 MB, and a hub without photos never needs it. */
let loading: Promise<Open> | null = null;

/** @throws Error when the library has no binary for this machine. */
export function openLibrary(): Promise<Open> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Open> {
  const { default: sharp } = await import('sharp');
  // What phones send is hostile: of some forty decoders, only those of the types that media are stored as.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
  });
  // One thread a picture, and no cache of decoded ones: the phones go first, and files are cached already.
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}

/**
 * A picture as a JPEG whose longer side is at most `sidePx`, never enlarged, upright (EXIF orientation applied), without
 * metadata, transparent parts white. Runs on libuv's threads. Of a picture that was cut off: what there is of it.
 * @throws Error when the bytes are no JPEG, PNG or WebP, are damaged beyond use, or are too large.
 */
export function render(open: Open, picture: Buffer, sidePx: number): Promise<Buffer> {
  return open(picture, { limitInputPixels: MAX_PIXELS, failOn: 'none', autoOrient: true })
    .resize({ width: sidePx, height: sidePx, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: JPEG_QUALITY })
    .timeout({ seconds: TIMEOUT_S })
    .toBuffer();
}
