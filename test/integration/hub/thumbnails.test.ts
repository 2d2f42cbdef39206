import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

const PHOTO = readFileSync(join(import.meta.dirname, '../../fixtures/photo.jpg'));
const JPEG_OF_NOISE = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(9_000, 0xa5)]);

let dataDir: string;
let hub: HubProcess;
let photo: string;
let noise: string;
beforeAll(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir);
  const phone = await WireClient.open(`${hub.ready.http.replace('http', 'ws')}/pocket-parrot?key=${hub.ready.joinKey}`);
  const gps = { latitude: 47, longitude: 11, accuracy: 400 };
  await phone.ask({ type: 'data', data: { gps, photoBase64: PHOTO.toString('base64') } });
  await phone.ask({ type: 'data', data: { photoBase64: JPEG_OF_NOISE.toString('base64') } });
  await phone.close();
  const { items } = (await (await get('/api/v1/frames')).json()) as {
    items: Array<{ flags: string[]; data: { photo: { sha256: string } } }>;
  };
  expect(items[0]?.flags).toEqual(['poor_accuracy']);
  photo = items[0]?.data.photo.sha256 ?? '';
  noise = items[1]?.data.photo.sha256 ?? '';
});
afterAll(async () => {
  expect(await hub.stop()).toBe(0);
  removeFolder(dataDir);
});

const get = (path: string, key: string | null = hub.ready.viewerKey): Promise<Response> =>
  fetch(`${hub.ready.http}${path}`, { headers: key === null ? {} : { authorization: `Bearer ${key}` } });

/** Width and height of a JPEG, from its frame header (ITU T.81, B.2.2). */
function sizeOf(jpeg: Buffer): { width: number; height: number } {
  const at = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  return { height: jpeg.readUInt16BE(at + 5), width: jpeg.readUInt16BE(at + 7) };
}

test('a photo made small, its longer side as asked for; made once', async () => {
  const answer = await get(`/api/v1/media/${photo}?thumb=128`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('image/jpeg');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('cache-control')).toContain('immutable');
  const bytes = Buffer.from(await answer.arrayBuffer());
  const { width, height } = sizeOf(bytes);
  expect(Math.max(width, height)).toBe(Math.min(128, Math.max(...Object.values(sizeOf(PHOTO)))));
  expect(readFileSync(join(dataDir, 'thumbnails', `${photo}-128.jpg`)).equals(bytes)).toBe(true);
});

test.each([
  ['thumb=63', 400, 'invalid_params'],
  ['thumb=1025', 400, 'invalid_params'],
  ['thumb=9.5', 400, 'invalid_params'],
  ['thumb=large', 400, 'invalid_params'],
  ['thumb=', 400, 'invalid_params'],
])('%s: %i %s', async (query, status, code) => {
  const answer = await get(`/api/v1/media/${photo}?${query}`);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ error: { code, message: expect.stringContaining('thumb') } });
});

test('hostile bytes are refused with a sentence, can still be had as they are, and the hub goes on', async () => {
  const answer = await get(`/api/v1/media/${noise}?thumb=320`);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual({
    error: {
      code: 'invalid_params',
      message: 'thumb: this file is no picture that can be made smaller; ask for it as it is.',
    },
  });
  expect(Buffer.from(await (await get(`/api/v1/media/${noise}`)).arrayBuffer()).equals(JPEG_OF_NOISE)).toBe(true);
  expect((await get('/health', null)).status).toBe(200);
});

test('no such file, and no key', async () => {
  expect((await get(`/api/v1/media/${'0'.repeat(64)}?thumb=320`)).status).toBe(404);
  expect((await get(`/api/v1/media/..%2fkeys?thumb=320`)).status).toBe(404);
  expect((await get(`/api/v1/media/${photo}?thumb=320`, null)).status).toBe(401);
});

test('an erased session takes its photos with it, and what was made of them', async () => {
  await get(`/api/v1/media/${photo}?thumb=64`);
  expect(readdirSync(join(dataDir, 'thumbnails')).some((name) => name.startsWith(photo))).toBe(true);
  const room = await WireClient.open(`${hub.ready.http.replace('http', 'ws')}/console?key=${hub.ready.adminKey}`);
  await room.next();
  const ask = (name: string, params: object) => room.ask({ kind: 'request', id: 1, name, params });
  const { items } = (await (await get('/api/v1/frames')).json()) as { items: Array<{ sessionId: string }> };
  await ask('session.stop', {});
  const erased = await ask('storage.erase', { sessions: [{ sessionId: items[0]?.sessionId, name: '' }] });
  expect(erased).toMatchObject({ kind: 'result', result: { sessions: 1, frames: 2, mediaFiles: 2 } });
  expect(readdirSync(join(dataDir, 'thumbnails')).filter((name) => name.startsWith(photo))).toEqual([]);
  expect((await get(`/api/v1/media/${photo}`)).status).toBe(404);
  await room.close();
});
