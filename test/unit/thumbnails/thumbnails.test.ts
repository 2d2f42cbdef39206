import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileCache } from '../../../src/main/thumbnails/file-cache';
import { Thumbnails } from '../../../src/main/thumbnails/index';
import { Turns } from '../../../src/main/thumbnails/turns';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

const PHOTO = readFileSync(join(import.meta.dirname, '../../fixtures/photo.jpg'));

let folder: string;
let cache: string;
beforeEach(() => {
  folder = temporaryFolder();
  cache = join(folder, 'thumbnails');
});
afterEach(() => removeFolder(folder));

function keep(bytes: Buffer): { sha256: string; path: string } {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const path = join(folder, sha256);
  writeFileSync(path, bytes);
  return { sha256, path };
}

/** Red above blue, `width` by `height`. */
const twoColours = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'blue' } }).composite([
    { input: { create: { width, height: height / 2, channels: 3, background: 'red' } }, gravity: 'north' },
  ]);

describe('a thumbnail', () => {
  test.each([
    [640, 480, 320, 320, 240],
    [480, 640, 320, 240, 320],
    [100, 80, 320, 100, 80],
  ])('of %i x %i at %i is %i x %i', async (width, height, sidePx, toWidth, toHeight) => {
    const picture = keep(await twoColours(width, height).png().toBuffer());
    const { mime, bytes } = await new Thumbnails({ folder: cache }).of(picture, sidePx);
    expect(mime).toBe('image/jpeg');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: toWidth, height: toHeight });
  });

  test('is upright, and says nothing of where and with what it was taken', async () => {
    const turned = await twoColours(200, 100)
      .withExif({ IFD0: { Make: 'Secret' }, IFD3: { GPSLatitudeRef: 'N' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(turned.includes('Secret')).toBe(true);
    expect((await sharp(turned).metadata()).orientation).toBe(6);
    const { bytes } = await new Thumbnails({ folder: cache }).of(keep(turned), 128);
    const { width, height, exif, orientation } = await sharp(bytes).metadata();
    expect({ width, height, exif, orientation }).toEqual({
      width: 64,
      height: 128,
      exif: undefined,
      orientation: undefined,
    });
    expect(bytes.includes('Secret')).toBe(false);
    // Turned by 90° clockwise, what was above is on the right.
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    const pixel = (64 * info.width + 60) * info.channels;
    expect(data[pixel]).toBeGreaterThan(200);
  });

  test('is made once for all who ask together, and read from its file by the next', async () => {
    const picture = keep(PHOTO);
    const thumbnails = new Thumbnails({ folder: cache });
    const [first, second] = await Promise.all([thumbnails.of(picture, 320), thumbnails.of(picture, 320)]);
    expect(first.bytes).toBe(second.bytes);
    expect(readdirSync(cache)).toEqual([`${picture.sha256}-320.jpg`]);
    writeFileSync(picture.path, 'gone');
    expect((await new Thumbnails({ folder: cache }).of(picture, 320)).bytes.equals(first.bytes)).toBe(true);
  });

  test('is made again when the folder was deleted', async () => {
    const picture = keep(PHOTO);
    const thumbnails = new Thumbnails({ folder: cache });
    const { bytes } = await thumbnails.of(picture, 320);
    removeFolder(cache);
    expect((await thumbnails.of(picture, 320)).bytes.equals(bytes)).toBe(true);
    expect(existsSync(cache)).toBe(true);
  });

  test('of a photo that was cut off: what there is of it', async () => {
    const whole = await twoColours(640, 480).jpeg().toBuffer();
    const { bytes } = await new Thumbnails({ folder: cache }).of(keep(whole.subarray(0, whole.length * 0.7)), 320);
    expect((await sharp(bytes).metadata()).width).toBe(320);
  });
});

/** A PNG that says it is so large, and holds nothing of it. */
function hugePng(side: number): Buffer {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  png.writeUInt32BE(side, 16);
  png.writeUInt32BE(side, 20);
  return png;
}

test.each([
  ['nothing', Buffer.alloc(0)],
  ['text', Buffer.from('<html><script>alert(1)</script>')],
  [
    'SVG',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'),
  ],
  ['the beginning of a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
  ['a JPEG of noise', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(50_000, 0xa5)])],
  ['sound', Buffer.from('OggS\0\x02aaaaaaaaaaaa')],
  ['a PNG of 10 gigapixels', hugePng(100_000)],
  ['a PNG of 0 pixels', hugePng(0)],
])('%s is refused with a sentence, and the next picture is served', async (_, bytes) => {
  const thumbnails = new Thumbnails({ folder: cache });
  await expect(thumbnails.of(keep(bytes), 320)).rejects.toMatchObject({ name: 'HubError', code: 'invalid_params' });
  expect((await thumbnails.of(keep(PHOTO), 320)).bytes.byteLength).toBeGreaterThan(0);
});

test('the folder stays within its size; what was used last is kept', async () => {
  const files = new FileCache(cache, 1_000);
  for (let index = 0; index < 9; index++) await files.write(`${index}.jpg`, Buffer.alloc(110));
  await files.read('0.jpg');
  await files.write('9.jpg', Buffer.alloc(110));
  const kept = readdirSync(cache);
  expect(kept.reduce((sum, name) => sum + statSync(join(cache, name)).size, 0)).toBeLessThanOrEqual(800);
  expect(kept).toEqual(expect.arrayContaining(['0.jpg', '9.jpg']));
  expect(await files.read('1.jpg')).toBeNull();
});

test('turns: few at a time, in order, a failure gives its place back', async () => {
  const turns = new Turns(1, 2);
  const done: number[] = [];
  let release = (): void => undefined;
  const first = turns.take(() => new Promise<void>((resolve) => (release = resolve)));
  const failing = turns.take(() => Promise.reject(new Error('no')));
  expect(turns.isFull).toBe(false);
  const last = turns.take(() => Promise.resolve(done.push(3)));
  expect(turns.isFull).toBe(true);
  release();
  await first;
  await expect(failing).rejects.toThrow('no');
  await last;
  expect(done).toEqual([3]);
  expect(turns.isFull).toBe(false);
});
