import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMemoryTransports } from '../../../src/common/rpc/memory-transport';
import { Room } from '../../contract/room';
import { type ContractHub, startContractHub } from '../../helpers/contract-hub';
import { type Message, WireClient } from '../../helpers/wire-client';

const OFFER = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n';
const LET_OUT = { code: 4003, reason: 'Removed by the operator' };
const WAIT = { code: 1013, reason: 'Not let in yet' };
const DEAD_KEY = { code: 1008, reason: 'Unauthorized' };

interface Phone {
  readonly key: string;
  readonly deviceId: string;
}

let running: ContractHub;
let room: Room;
beforeAll(async () => {
  running = await startContractHub({ heartbeatMs: 200 });
  const [near, far] = createMemoryTransports();
  running.hub.attachConsole(far, 'operator', null);
  room = new Room({ transport: near, dispose: () => Promise.resolve() });
  await room.client.request('signaling.join', {});
});
afterAll(async () => {
  await running.stop();
  expect(running.bugs).toEqual([]);
});

const ws = (path: string): string => `${running.ready.http.replace('http', 'ws')}${path}`;
const signaling = (key: string): Promise<WireClient> => WireClient.open(ws(`/signaling?key=${key}`));
const ingest = (key = running.ready.joinKey): Promise<WireClient> => WireClient.open(ws(`/pocket-parrot?key=${key}`));

/** A phone with a key of its own. */
async function pair(deviceId: string): Promise<Phone> {
  const socket = await ingest();
  const welcome = await socket.ask({ type: 'handshake', deviceId, pair: true });
  await socket.close();
  return { key: String(welcome.deviceKey), deviceId: String(welcome.deviceId) };
}

async function personal(name: string): Promise<Phone & { readonly keyId: string }> {
  const { keys } = await room.client.request('key.makePersonal', { names: [name] });
  const [made] = keys;
  return { key: made?.key ?? '', deviceId: made?.info.deviceId ?? '', keyId: made?.info.keyId ?? '' };
}

const post = (key: string, path = '/whip'): Promise<Response> =>
  fetch(`${running.ready.http}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/sdp' },
    body: OFFER,
  });

/** Sends by WHIP and is answered. @returns its peer and where its session is */
async function sending({ key, deviceId }: Phone): Promise<{ readonly peerId: string; readonly location: string }> {
  const answered = post(key);
  const isIt = ({ message }: { readonly message: Readonly<Record<string, unknown>> }): boolean =>
    message.type === 'peer-joined' && message.source === 'whip' && message.deviceId === deviceId;
  const { message } = await room.event('signaling.message', isIt);
  const peerId = String(message.peerId);
  await room.client.request('signaling.send', { message: { type: 'answer', to: peerId, answer: OFFER } });
  const created = await answered;
  expect(created.status).toBe(201);
  return { peerId, location: created.headers.get('location') ?? '' };
}

const left = (peerId: unknown): Promise<unknown> =>
  room.event('signaling.message', ({ message }) => message.type === 'peer-left' && message.peerId === peerId);

/** What it is told until it is closed. */
async function turnedAway(key: string): Promise<{ readonly told: readonly Message[]; readonly closed: object }> {
  const client = await signaling(key);
  const closed = await client.closed;
  return { told: client.received, closed };
}

describe('a phone that the operator removed', () => {
  test('its socket is closed at once with 4003, its WHIP session ends, and neither comes back', async () => {
    const phone = await pair('kicked');
    const socket = await signaling(phone.key);
    const { peerId } = await socket.next();
    const whip = await sending(phone);
    await room.client.request('device.kick', { deviceId: phone.deviceId, reason: 'Test' });
    expect(await socket.closed).toEqual(LET_OUT);
    await Promise.all([left(peerId), left(whip.peerId)]);
    expect(await turnedAway(phone.key)).toEqual({ told: [], closed: LET_OUT });
    const refused = await post(phone.key);
    expect([refused.status, await refused.json()]).toMatchObject([403, { error: { code: 'forbidden' } }]);
  });

  test('nobody is told of one that comes too soon, nor does it get what others say', async () => {
    const phone = await pair('kicked-quietly');
    await room.client.request('device.kick', { deviceId: phone.deviceId, reason: '' });
    const before = room.heard('signaling.message').length;
    await turnedAway(phone.key);
    await using stack = new AsyncDisposableStack();
    const other = await signaling(running.ready.joinKey);
    stack.defer(async () => void (await other.close()));
    const { peerId } = await other.next();
    await room.event('signaling.message', ({ message }) => message.peerId === peerId);
    const since = room.heard('signaling.message').slice(before);
    expect(since.some(({ message }) => message.deviceId === phone.deviceId)).toBe(false);
  });
});

describe('a key that is taken back', () => {
  test('device.revoke: 1008, its WHIP session ends, then 401', async () => {
    const phone = await pair('revoked');
    const socket = await signaling(phone.key);
    const { peerId } = await socket.next();
    const whip = await sending(phone);
    await room.client.request('device.revoke', { deviceId: phone.deviceId });
    expect(await socket.closed).toEqual(DEAD_KEY);
    await Promise.all([left(peerId), left(whip.peerId)]);
    await expect(signaling(phone.key)).rejects.toThrow(/401/);
    expect((await post(phone.key)).status).toBe(401);
  });

  test('key.revoke of a personal key: the same', async () => {
    const ann = await personal('Ann Revoked');
    const socket = await signaling(ann.key);
    const whip = await sending(ann);
    await room.client.request('key.revoke', { keyId: ann.keyId });
    expect(await socket.closed).toEqual(DEAD_KEY);
    await left(whip.peerId);
    expect((await post(ann.key)).status).toBe(401);
  });

  test('a viewer key: who watches with it is closed', async () => {
    const { key, info } = await room.client.request('key.makeViewer', { name: 'Tablet', hours: 1 });
    const socket = await signaling(key);
    await socket.next();
    await room.client.request('key.revoke', { keyId: info.keyId });
    expect(await socket.closed).toEqual(DEAD_KEY);
  });
});

describe('new phones are let in by the operator', () => {
  beforeAll(async () => void (await room.client.request('access.set', { approveFirst: true })));
  afterAll(async () => void (await room.client.request('access.set', { approveFirst: false })));

  test('one that waits shares nothing, until it is let in', async () => {
    const phone = await pair('waiting');
    expect(await turnedAway(phone.key)).toEqual({ told: [], closed: WAIT });
    const refused = await post(phone.key);
    expect([refused.status, await refused.json()]).toMatchObject([403, { error: { code: 'pending_approval' } }]);
    await room.client.request('access.approve', { deviceId: phone.deviceId });
    const socket = await signaling(phone.key);
    expect(await socket.next()).toMatchObject({ type: 'connected' });
    await socket.close();
    await sending(phone);
  });

  test('one that is turned away: 4003', async () => {
    const phone = await pair('denied');
    await room.client.request('access.deny', { deviceId: phone.deviceId });
    expect(await turnedAway(phone.key)).toEqual({ told: [], closed: LET_OUT });
    expect((await post(phone.key)).status).toBe(403);
  });

  test('with the key of the QR code alone nobody gets around it; operators and badges come in', async () => {
    expect((await turnedAway(running.ready.joinKey)).closed).toEqual(WAIT);
    const { viewerKey, adminKey } = running.ready;
    for (const key of [viewerKey, adminKey, (await personal('Ben Badge')).key]) {
      const socket = await signaling(key);
      expect(await socket.next()).toMatchObject({ type: 'connected' });
      await socket.close();
    }
  });
});

test('a personal key on /signaling and /whip is its person', async () => {
  const ann = await personal('Ann Sharer');
  const socket = await signaling(ann.key);
  const { peerId } = await socket.next();
  socket.send({ type: 'hello', role: 'sharer' });
  const { message } = await room.event(
    'signaling.message',
    ({ message }) => message.type === 'peer-joined' && message.peerId === peerId && message.role === 'sharer',
  );
  expect(message).toMatchObject({ deviceId: ann.deviceId, operator: false });
  await socket.close();
  const { location } = await sending(ann);
  expect(location).toMatch(/^\/whip\//);
});

/** One good request of each app; `KEY` stands for the key. */
const APPS: ReadonlyArray<readonly [name: string, path: string, body: object | null]> = [
  ['OwnTracks', '/owntracks/KEY', { _type: 'location', lat: 1, lon: 2, tst: 1_700_000_000, topic: 'owntracks/a/b' }],
  ['OsmAnd', '/osmand/KEY?id=7&lat=1&lon=2&timestamp=1700000000', null],
  ['GPSLogger', '/gpslogger?key=KEY&id=7&lat=1&lon=2&time=2023-11-14T22:13:20Z', null],
  [
    'Sensor Logger',
    '/sensorlogger/KEY',
    {
      deviceId: 'x',
      payload: [{ name: 'location', time: 1_700_000_000_000_000_000, values: { latitude: 1, longitude: 2 } }],
    },
  ],
  [
    'Overland',
    '/overland?key=KEY',
    {
      locations: [
        {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: [2, 1] },
          properties: { timestamp: '2023-11-14T22:13:20Z', device_id: 'x' },
        },
      ],
    },
  ],
];

describe('a personal key in a native app', () => {
  test.each(APPS)(
    '%s: its frame is the person’s; the key works no longer once it is revoked',
    async (name, path, body) => {
      const ann = await personal(`Ann ${name}`);
      const send = (): Promise<Response> =>
        fetch(`${running.ready.http}${path.replace('KEY', ann.key)}`, {
          method: body === null ? 'GET' : 'POST',
          ...(body === null ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        });
      expect((await send()).status).toBe(200);
      const { device, framesTotal } = await room.client.request('device.get', { deviceId: ann.deviceId });
      expect([device.name, framesTotal]).toEqual([`Ann ${name}`, 1]);
      await room.client.request('device.kick', { deviceId: ann.deviceId, reason: '' });
      expect((await send()).status).toBe(401);
      await room.client.request('key.revoke', { keyId: ann.keyId });
      expect((await send()).status).toBe(401);
    },
  );
});

test('a client of /signaling that answers no ping is ended, and its peers are told', async () => {
  const silent = await WireClient.open(ws(`/signaling?key=${running.ready.joinKey}`), { autoPong: false });
  const { peerId } = await silent.next();
  expect((await silent.closed).code).toBe(1006);
  await left(peerId);
});

/** A hub of its own: what is counted here counts nowhere else. */
async function withHub(run: (hub: ContractHub) => Promise<void>): Promise<void> {
  const own = await startContractHub();
  try {
    await run(own);
  } finally {
    await own.stop();
  }
}

test('wrong keys on /whip count as wrong keys: the operator is told', () =>
  withHub(async ({ hub, ready }) => {
    const told = new Promise<object>((resolve) => {
      hub.onEvent((event) => {
        if (event.event === 'alert') resolve(event);
      });
    });
    const statuses: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      const headers = { authorization: `Bearer device-${String(count).repeat(26)}`, 'content-type': 'application/sdp' };
      statuses.push((await fetch(`${ready.http}/whip`, { method: 'POST', headers, body: OFFER })).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401]);
    expect(await told).toMatchObject({ sentence: expect.stringContaining('wrong keys') as string });
  }));

test('server_shutdown, once, on every kind of socket, then 1001', () =>
  withHub(async ({ hub, ready }) => {
    const keys = { '/pocket-parrot': ready.joinKey, '/signaling': ready.joinKey, '/dashboard': ready.viewerKey };
    const all = { ...keys, '/console': ready.adminKey };
    const base = ready.http.replace('http', 'ws');
    const open = ([path, key]: readonly [string, string]): Promise<WireClient> =>
      WireClient.open(`${base}${path}?key=${key}`);
    const sockets = await Promise.all(Object.entries(all).map(open));
    const events = await fetch(`${ready.http}/api/v1/events?deviceId=listening`, {
      headers: { authorization: `Bearer ${ready.joinKey}` },
    });
    const [near, far] = createMemoryTransports();
    hub.attachConsole(far, 'operator', null);
    const peer = new Room({ transport: near, dispose: () => Promise.resolve() });
    await peer.client.request('signaling.join', {});
    await hub.close();
    for (const socket of sockets) {
      expect((await socket.closed).code).toBe(1001);
      expect(socket.received.filter(({ type }) => type === 'server_shutdown')).toHaveLength(1);
      expect(socket.received.at(-1)).toEqual({ type: 'server_shutdown' });
    }
    expect(await events.text()).toContain('"type":"server_shutdown"');
    await peer.event('signaling.message', ({ message }) => message.type === 'server_shutdown');
  }));
