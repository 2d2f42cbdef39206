import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HubProcess, runPerch, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

const PHOTO = readFileSync(join(import.meta.dirname, '../../fixtures/photo.jpg'));

let dataDir: string;
let hub: HubProcess;
let phone: WireClient;
let deviceId: string;
let sha256: string;
beforeAll(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir, ['--session', 'Ridge']);
  phone = await WireClient.open(`${hub.ready.http.replace('http', 'ws')}/pocket-parrot?key=${hub.ready.joinKey}`);
  deviceId = (await phone.ask({ type: 'handshake', username: 'ann', platform: 'test' })).deviceId as string;
  for (let id = 1; id <= 5; id++) {
    await phone.ask({ type: 'data', data: { id, gps: { latitude: id, longitude: -id, heading: 400 }, battery: 0.57 } });
  }
  await phone.ask({ type: 'data', data: { photoBase64: `data:text/html;base64,${PHOTO.toString('base64')}` } });
  const { items } = (await json(`/api/v1/frames?after=5`)) as { items: Array<{ data: { photo: { sha256: string } } }> };
  sha256 = items[0]?.data.photo.sha256 ?? '';
});
afterAll(async () => {
  await phone.close();
  expect(await hub.stop()).toBe(0);
  removeFolder(dataDir);
});

const get = (path: string, key: string | null = hub.ready.viewerKey): Promise<Response> =>
  fetch(`${hub.ready.http}${path}`, { headers: key === null ? {} : { authorization: `Bearer ${key}` } });

const json = async (path: string): Promise<unknown> => (await get(path)).json();

test('devices: name, state, counts, position', async () => {
  expect(await json('/api/v1/devices')).toMatchObject({
    items: [
      {
        id: deviceId,
        name: 'ann',
        username: 'ann',
        platform: 'test',
        online: true,
        frames: 6,
        position: { latitude: 5 },
      },
    ],
    next: null,
  });
});

test('sessions, and the current one by the name latest', async () => {
  const { items } = (await json('/api/v1/sessions')) as { items: Array<{ id: string }> };
  expect(items).toMatchObject([{ name: 'Ridge', frames: 6, devices: 1, isCurrent: true, endedAtMs: null }]);
  expect(await json('/api/v1/sessions/latest')).toEqual(items[0]);
  expect(await json(`/api/v1/sessions/${items[0]?.id}`)).toEqual(items[0]);
});

test('frames page by page, in the order of the log, out-of-range values kept and flagged', async () => {
  const first = (await json('/api/v1/frames?limit=4')) as { items: Array<{ id: number; data: object }>; next: number };
  expect(first.items.map(({ data }) => data)).toMatchObject([1, 2, 3, 4].map((id) => ({ id, gps: { heading: 400 } })));
  expect(first.items[0]).toMatchObject({
    flags: ['out_of_range:gps.heading'],
    batteryPct: 57,
    source: 'pocket-parrot',
  });
  const second = (await json(`/api/v1/frames?limit=4&after=${first.next}`)) as { items: unknown[]; next: null };
  expect(second.items).toHaveLength(2);
  expect(second.next).toBeNull();
  expect(await json(`/api/v1/frames?device=${deviceId}&session=latest&from=2000-01-01T00:00:00Z`)).toMatchObject({
    items: { length: 6 },
  });
  expect(await json('/api/v1/frames?to=2000-01-01T00:00:00Z')).toEqual({ items: [], next: null });
});

test('a photo comes back byte for byte, with the type of its content, not the one it claimed', async () => {
  const answer = await get(`/api/v1/media/${sha256}`);
  expect(answer.headers.get('content-type')).toBe('image/jpeg');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  expect(Buffer.from(await answer.arrayBuffer()).equals(PHOTO)).toBe(true);
});

test('the export over HTTP is the one of the command line', async () => {
  const answer = await get('/api/v1/sessions/latest/export?format=csv');
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="perch-Ridge-.*\.csv"/);
  expect(await answer.text()).toBe(runPerch(['export', '--data', dataDir, '--session', 'latest', '--out', '-']).stdout);
  expect(
    (await (await get(`/api/v1/sessions/all/export?device=${deviceId}&from=2000-01-01T00:00:00Z`)).text()).split('\r\n')
      .length,
  ).toBe(8);
});

test.each([
  ['/api/v1/devices', null, 401, 'unauthorized'],
  ['/api/v1/devices', 'viewer-wrong', 401, 'unauthorized'],
  ['/api/v1/frames?limit=0', undefined, 400, 'invalid_params'],
  ['/api/v1/frames?from=yesterday', undefined, 400, 'invalid_params'],
  ['/api/v1/frames?device=nobody', undefined, 404, 'not_found'],
  ['/api/v1/sessions/none', undefined, 404, 'not_found'],
  ['/api/v1/sessions/none/export', undefined, 404, 'not_found'],
  ['/api/v1/sessions/latest/export?format=xls', undefined, 400, 'invalid_params'],
  ['/api/v1/media/../../keys.json', undefined, 404, 'not_found'],
  ['/api/v1/media/..%2f..%2fkeys.json', undefined, 404, 'not_found'],
  [`/api/v1/media/${'0'.repeat(64)}`, undefined, 404, 'not_found'],
  ['/api/v1/downloads/none', null, 404, 'not_found'],
  ['/api/v1/nothing', undefined, 404, 'not_found'],
] as const)('%s with key %s: %i %s', async (path, key, status, code) => {
  const answer = await get(path, key);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ error: { code, message: expect.any(String) } });
});

test('a join key may not read: 403', async () => {
  expect((await get('/api/v1/devices', hub.ready.joinKey)).status).toBe(403);
});

test('health tells the counts to anyone', async () => {
  expect(await (await get('/health', null)).json()).toMatchObject({ status: 'ok', framesStored: 6, connections: 1 });
});

test('a page of any origin may read with a key: CORS', async () => {
  const answer = await fetch(`${hub.ready.http}/api/v1/devices`, {
    headers: { authorization: `Bearer ${hub.ready.viewerKey}`, origin: 'null' },
  });
  expect(answer.headers.get('access-control-allow-origin')).toBe('null');
});
