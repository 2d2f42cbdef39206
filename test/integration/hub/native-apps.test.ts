import { once } from 'node:events';
import { type IncomingMessage, request as nodeRequest } from 'node:http';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppFixture, appFixture } from '../../helpers/app-requests';
import { type HubProcess, runPerch, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

let dataDir: string;
let hub: HubProcess;
beforeAll(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir);
});
afterAll(async () => {
  expect(await hub.stop()).toBe(0);
  removeFolder(dataDir);
});

type Row = Readonly<Record<string, string>>;

const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });

/** Sends a request as the app would, the key in a header unless told otherwise. */
const send = ({ method, path, headers, body }: AppFixture, auth = bearer(hub.ready.joinKey)): Promise<Response> =>
  fetch(`${hub.ready.http}${path}`, { method, headers: { ...headers, ...auth }, body });

const request = (path: string, body: unknown = null, method = body === null ? 'GET' : 'POST'): AppFixture => ({
  method,
  path,
  headers: body === null ? {} : { 'content-type': 'application/json' },
  body: body === null || typeof body === 'string' ? body : JSON.stringify(body),
});

const rows = (): readonly Row[] =>
  parse(runPerch(['export', '--data', dataDir, '--session', 'latest', '--out', '-']).stdout, { columns: true });

const rowsOf = (source: string): readonly Row[] => rows().filter((row) => row.source === source);

const countFrames = async (): Promise<number> =>
  ((await (await fetch(`${hub.ready.http}/health`)).json()) as { framesStored: number }).framesStored;

const PLACE = { latitude_deg: '47.6112', longitude_deg: '-122.3246' };
const AT = { captured_at: '2026-09-21T14:13:20.000Z', captured_at_ms: '1790000000000' };

test.each<[string, string, readonly Row[]]>([
  [
    'owntracks-location',
    '[]',
    [
      {
        ...PLACE,
        ...AT,
        source: 'owntracks',
        device_name: 'jane',
        speed_mps: '10',
        battery_pct: '57',
        accuracy_m: '11',
      },
    ],
  ],
  [
    'owntracks-transition',
    '[]',
    [{ source: 'owntracks', device_name: 'jane', text: 'leave Car park', latitude_deg: '' }],
  ],
  [
    'osmand-query',
    '',
    [{ ...PLACE, ...AT, source: 'osmand', device_name: '902064', speed_mps: '5.144444444', battery_pct: '87' }],
  ],
  ['osmand-form', '', [{ ...PLACE, ...AT, source: 'osmand', device_name: '902065', heading_deg: '7' }]],
  ['traccar-client', '', [{ ...PLACE, source: 'osmand', speed_mps: '18.67', heading_deg: '', battery_pct: '79' }]],
  [
    'sensorlogger',
    '',
    [
      { source: 'sensorlogger', acceleration_x_mps2: '0.5', rotation_alpha_dps: '17.188733854', alpha_deg: '270' },
      { ...PLACE, source: 'sensorlogger', captured_at_ms: '1790000000250', speed_mps: '1.5', heading_deg: '' },
      { source: 'sensorlogger', text: 'at the bridge' },
    ],
  ],
  ['gpslogger-get', '', [{ ...PLACE, ...AT, source: 'gpslogger', speed_mps: '1.25', battery_pct: '64' }]],
  ['gpslogger-all', '', [{ ...PLACE, source: 'gpslogger', speed_mps: '0', text: 'bridge is out' }]],
  [
    'overland',
    '{"result":"ok"}',
    [
      { ...PLACE, ...AT, source: 'overland', device_name: 'search-2', speed_mps: '4', altitude_accuracy_m: '' },
      { source: 'overland', device_name: 'search-2', speed_mps: '', heading_deg: '12.5', battery_pct: '' },
    ],
  ],
])('%s: answered %j once it is stored, and stored once', async (name, answer, expected) => {
  const before = await countFrames();
  const first = await send(appFixture(name));
  expect([first.status, await first.text()]).toEqual([200, answer]);
  const stored = rows().slice(before);
  expect(stored).toMatchObject(expected);
  expect(stored).toHaveLength(expected.length);
  const again = await send(appFixture(name));
  expect([again.status, await again.text()]).toEqual([200, answer]);
  expect(await countFrames()).toBe(before + expected.length);
});

test('a location that comes again in another batch is the same', async () => {
  const { body, ...fixture } = appFixture('overland');
  const { locations } = JSON.parse(body ?? '') as { locations: Array<{ properties: object }> };
  const before = await countFrames();
  const others = locations
    .slice(1)
    .map((one) => ({ ...one, properties: { ...one.properties, locations_in_payload: 1 } }));
  await send({ ...fixture, body: JSON.stringify({ locations: others }) });
  expect(await countFrames()).toBe(before);
});

test('a bad item does not keep its neighbours out', async () => {
  const feature = (latitude: number) => ({
    geometry: { coordinates: [2, latitude] },
    properties: { device_id: 'mixed', timestamp: '2026-09-21T14:13:20Z' },
  });
  const answer = await send(request('/overland', { locations: [feature(91), feature(45)] }));
  expect(answer.status).toBe(200);
  expect(rows().filter(({ device_name: name }) => name === 'mixed')).toMatchObject([{ latitude_deg: '45' }]);
});

test('the phone is one device, online, under the name its address says', async () => {
  await send(request('/osmand?id=77&name=B%C3%A9a&lat=1&lon=2&timestamp=1790000000'));
  await send(request('/osmand?id=77&name=B%C3%A9a&lat=1.1&lon=2&timestamp=1790000010'));
  const answer = await fetch(`${hub.ready.http}/api/v1/devices`, { headers: bearer(hub.ready.viewerKey) });
  const { items } = (await answer.json()) as {
    items: ReadonlyArray<{ name: string; online: boolean; frames: number }>;
  };
  expect(items.filter(({ name }) => name === 'Béa')).toMatchObject([{ online: true, frames: 2 }]);
});

test.each([
  ['in the path', (key: string) => [`/gpslogger/${key}?`, {}] as const],
  ['in the query', (key: string) => [`/gpslogger?key=${key}&`, {}] as const],
  ['as Basic password', (key: string) => ['/gpslogger?', { authorization: `Basic ${btoa(`ann:${key}`)}` }] as const],
])('the key %s', async (_where, place) => {
  const at = (key: string): Promise<Response> => {
    const [path, auth] = place(key);
    return send(request(`${path}lat=1&lon=2&time=2026-09-21T14:13:20Z&ser=keys`), auth);
  };
  expect((await at(hub.ready.joinKey)).status).toBe(200);
  expect((await at('join-wrong')).status).toBe(401);
  expect((await at(hub.ready.viewerKey)).status).toBe(403);
  expect(JSON.stringify(rowsOf('gpslogger'))).not.toContain(hub.ready.joinKey);
});

test('without a key: 401', async () => {
  expect((await send(appFixture('overland'), {})).status).toBe(401);
});

test('the key of a paired phone wins over the id: its app and its page are one person', async () => {
  const phone = await WireClient.open(`${hub.ready.http.replace('http', 'ws')}/pocket-parrot?key=${hub.ready.joinKey}`);
  const { deviceKey, deviceId } = await phone.ask({ type: 'handshake', username: 'paired', pair: true });
  await phone.close();
  const path = '/gpslogger?lat=3&lon=4&time=2026-09-21T14:13:20Z';
  expect((await send(request(path), bearer(String(deviceKey)))).status).toBe(200);
  expect(rows().at(-1)).toMatchObject({ device_id: deviceId, device_name: 'paired', latitude_deg: '3' });
});

test.each<[string, AppFixture, number, string]>([
  ['no JSON', request('/owntracks', 'x'), 400, 'the body is not JSON'],
  ['no kind of message', request('/owntracks', {}), 400, '_type is missing'],
  [
    'a place that is none',
    request('/owntracks', { _type: 'location', lat: 91, lon: 0, tid: 'x' }),
    400,
    'data.gps.latitude must be between',
  ],
  [
    'nobody, by OwnTracks',
    request('/owntracks', { _type: 'location', lat: 1, lon: 0 }),
    400,
    'the device id is missing',
  ],
  ['nobody, by OsmAnd', request('/osmand?lat=1&lon=2'), 400, 'the device id is missing'],
  ['a word for a number', request('/osmand?id=1&lat=x&lon=2'), 400, 'data.gps.latitude must be a number, got "x"'],
  ['a word for a time', request('/osmand?id=1&lat=1&lon=2&timestamp=noon'), 400, 'data.timestamp must be'],
  [
    'a long id',
    request(`/osmand?id=${'1'.repeat(130)}&lat=1&lon=2`),
    400,
    'the device id must be 1 to 121 printable characters',
  ],
  ['no payload', request('/sensorlogger', { deviceId: 'x' }), 400, 'payload is missing'],
  ['no place', request('/gpslogger?ser=x'), 400, 'data.gps.latitude is missing'],
  ['no list', request('/overland', { locations: 1 }), 400, 'locations must be an array'],
])('%s', async (_what, asked, status, sentence) => {
  const before = await countFrames();
  const answer = await send(asked);
  expect(answer.status).toBe(status);
  const { error } = (await answer.json()) as { error: { message: string } };
  expect(error.message).toContain(sentence);
  expect(await countFrames()).toBe(before);
});

test('9 MiB: 413 before any of it is read', async () => {
  const asked = nodeRequest(`${hub.ready.http}/overland`, {
    method: 'POST',
    headers: { ...bearer(hub.ready.joinKey), 'content-length': 9 * 1024 * 1024 },
  });
  // The hub hangs up on the body that never comes.
  asked.on('error', () => {});
  asked.flushHeaders();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(413);
  asked.destroy();
});

test('an empty OwnTracks message is well', async () => {
  const answer = await send({ ...request('/owntracks', {}), body: '' });
  expect([answer.status, await answer.text()]).toEqual([200, '[]']);
});

test('too much from one phone: 429 with Retry-After', async () => {
  const folder = temporaryFolder();
  const strict = await startHubProcess(folder, ['--rate-limit', '2/min']);
  const post = (time: number): Promise<Response> =>
    fetch(`${strict.ready.http}/osmand/${strict.ready.joinKey}?id=1&lat=1&lon=2&timestamp=${time}`);
  expect([(await post(1)).status, (await post(2)).status]).toEqual([200, 200]);
  const refused = await post(3);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await strict.stop()).toBe(0);
  removeFolder(folder);
});
