import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseFrame } from '../../../src/main/ingest/frame-parser';
import { typeOfContent } from '../../../src/main/ingest/media-type';
import { JPEG, refusalOf } from './frame-fixture';

/** Bytes whose base64 has both letters in which the alphabets differ. */
const BOTH_LETTERS = Buffer.from([0xff, 0xd8, 0xff, 0xfb, 0xef, 0xbe, 0x3e, 0x3f]);

test.each([
  ['a data URL', `data:image/jpeg;base64,${JPEG.toString('base64')}`, JPEG],
  ['a data URL that lies', `data:text/html;charset=utf-8;base64,${JPEG.toString('base64')}`, JPEG],
  ['bare base64', BOTH_LETTERS.toString('base64'), BOTH_LETTERS],
  ['url-safe base64', BOTH_LETTERS.toString('base64url'), BOTH_LETTERS],
  ['base64 without padding', JPEG.toString('base64').replaceAll('=', ''), JPEG],
])('taken: %s', (_, photoBase64, bytes) => {
  const { data, media } = parseFrame({ photoBase64, text: 'here' });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(data).toEqual({ text: 'here', photo: { sha256, bytes: bytes.length, mime: 'image/jpeg' } });
  expect(media).toHaveLength(1);
  expect(media[0]).toMatchObject({ sha256, extension: 'jpg' });
  expect(Buffer.compare(media[0]?.bytes ?? Buffer.alloc(0), bytes)).toBe(0);
});

test('photo and audio of one frame', () => {
  const { data, media } = parseFrame({
    photoBase64: JPEG.toString('base64'),
    audioBase64: Buffer.from('OggS\0....').toString('base64'),
  });
  expect(media.map(({ mime }) => mime)).toEqual(['image/jpeg', 'audio/ogg']);
  expect(Object.keys(data)).toEqual(['photo', 'audio']);
});

test.each<[name: string, photoBase64: unknown]>([
  ['empty', ''],
  ['a data URL without bytes', 'data:image/jpeg;base64,'],
  ['a data URL that is no base64', 'data:text/plain,hello'],
  ['junk', 'not base64!'],
  ['junk at the end', `${'A'.repeat(8_000)}\u0000`],
  ['half a byte', 'A'],
  ['cut off', 'AAAAA'],
  ['padding alone', '=='],
  ['padding inside', 'AA==AAAA'],
  ['three of padding', 'AAAA==='],
  ['a line end', 'AAAA\nAAAA'],
  ['a blank at the end', 'AAAA '],
  ['a letter beyond ASCII', 'AAA\u0141'],
  ['a number', 5],
  ['an object', { bytes: 1 }],
])('refused: %s', (_, photoBase64) => {
  expect(refusalOf({ photoBase64 })).toMatch(/^invalid_frame: data\.photoBase64 must be a data URL or base64, got /);
});

test('8 MiB of base64 and of junk cost milliseconds', () => {
  const big = 'A'.repeat(8 * 1024 * 1024);
  expect(parseFrame({ audioBase64: big }).media[0]?.bytes.length).toBe(6 * 1024 * 1024);
  expect(refusalOf({ audioBase64: `${big}!` })).toMatch(/^invalid_frame/);
});

test.each([
  ['\xff\xd8\xff\xe1', 'image/jpeg', 'jpg'],
  ['\x89PNG\r\n\x1a\n', 'image/png', 'png'],
  ['GIF89a', 'image/gif', 'gif'],
  ['RIFF....WEBPVP8 ', 'image/webp', 'webp'],
  ['\0\0\0\x18ftypheic', 'image/heic', 'heic'],
  ['\0\0\0\x18ftypmif1', 'image/heif', 'heif'],
  ['\0\0\0\x18ftypavif', 'image/avif', 'avif'],
  ['RIFF....WAVEfmt ', 'audio/wav', 'wav'],
  ['OggS\0', 'audio/ogg', 'ogg'],
  ['\x1aE\xdf\xa3', 'audio/webm', 'webm'],
  ['\0\0\0\x18ftypM4A ', 'audio/mp4', 'm4a'],
  ['ID3\x04', 'audio/mpeg', 'mp3'],
  ['\xff\xf1', 'audio/aac', 'aac'],
  ['#!AMR\n', 'audio/amr', 'amr'],
  ['<svg onload="alert(1)">', 'application/octet-stream', 'bin'],
  ['<!doctype html>', 'application/octet-stream', 'bin'],
  ['', 'application/octet-stream', 'bin'],
])('%j is %s by its content', (head, mime, extension) => {
  expect(typeOfContent(Buffer.from(head, 'latin1'))).toEqual({ mime, extension });
});

test('a view into a larger buffer is judged by its own bytes', () => {
  const buffer = Buffer.concat([Buffer.from('OggS\0'), JPEG]);
  expect(typeOfContent(buffer.subarray(5)).mime).toBe('image/jpeg');
});
