import { afterAll, beforeAll, expect, test } from 'vitest';
import { WireClient } from '../../helpers/wire-client';
import { type SignalingHub, startSignalingHub, toClient } from './signaling-hub';

let running: SignalingHub;
beforeAll(async () => {
  running = await startSignalingHub();
});
afterAll(() => running.stop());

async function openWith(first: object) {
  const client = await WireClient.open(running.url());
  client.send(first);
  return toClient(client);
}

test('hello: peers, peer-joined, peer-left; who never said it hears none of them', async () => {
  await using plain = await running.open();
  await using viewer = await running.open();
  viewer.send({ type: 'hello', role: 'viewer', name: 'Tablet' });
  // A carrier is not told of plain clients.
  expect(await viewer.next()).toEqual({ type: 'peers', peers: [] });
  const sharer = await running.open();
  sharer.send({ type: 'hello', role: 'sharer', name: ' Ann\u202e\n ', kind: 'screen' });
  const ann = { peerId: sharer.peerId, role: 'sharer', name: 'Ann', kind: 'screen', source: 'webrtc', operator: false };
  const tablet = {
    peerId: viewer.peerId,
    role: 'viewer',
    name: 'Tablet',
    kind: null,
    source: 'webrtc',
    operator: false,
  };
  expect(await sharer.next()).toEqual({ type: 'peers', peers: [tablet] });
  expect(await viewer.next()).toEqual({ type: 'peer-joined', ...ann });
  sharer.send({ type: 'hello', role: 'sharer', name: 'Ann', kind: 'camera' });
  expect(await viewer.next()).toEqual({ type: 'peer-joined', ...ann, kind: 'camera' });
  await sharer.client.close();
  expect(await viewer.next()).toEqual({ type: 'peer-left', peerId: sharer.peerId });
  expect(await plain.rest()).toEqual([]);
});

test('operator: true by the key alone; device and address only for operators', async () => {
  const phone = await running.deviceKey('peer-phone');
  await using operator = await running.open(running.hub.ready.viewerKey);
  operator.send({ type: 'hello', role: 'viewer', name: 'Desk' });
  await operator.next();
  await using sharer = await running.open(phone.key);
  // A plain client until it says more.
  expect(await operator.next()).toMatchObject({ type: 'peer-joined', peerId: sharer.peerId, role: null });
  sharer.send({ type: 'hello', role: 'sharer', operator: true, deviceId: 'd_other', fromAddress: '1.2.3.4' });
  const [peers] = await sharer.rest();
  expect(peers?.peers).toEqual([
    { peerId: operator.peerId, role: 'viewer', name: 'Desk', kind: null, source: 'webrtc', operator: true },
  ]);
  expect(await operator.next()).toEqual({
    type: 'peer-joined',
    peerId: sharer.peerId,
    role: 'sharer',
    name: null,
    kind: null,
    source: 'webrtc',
    operator: false,
    admin: false,
    deviceId: phone.deviceId,
    fromAddress: '127.0.0.1',
    toAddress: '127.0.0.1',
  });
  await using admin = await running.open(running.hub.ready.adminKey);
  admin.send({ type: 'hello', role: 'viewer' });
  expect((await admin.next()).peers).toHaveLength(2);
  expect(await sharer.next()).toMatchObject({ type: 'peer-joined', peerId: admin.peerId, operator: true });
});

test('a carrier who tries to watch others: no offer, no device, no address', async () => {
  await using sharer = await running.open();
  await using spy = await running.open();
  await using operator = await running.open(running.hub.ready.viewerKey);
  operator.send({ type: 'hello', role: 'viewer' });
  await operator.next();
  sharer.send({ type: 'hello', role: 'sharer', name: 'Ann', kind: 'camera' });
  spy.send({ type: 'hello', role: 'viewer', operator: true });
  sharer.send({ type: 'offer', to: operator.peerId, offer: { sdp: 'for the operator' } });
  await operator.client.until(() => operator.client.received.some(({ type }) => type === 'offer'));
  const heard = await spy.rest();
  expect(heard.map(({ type }) => type)).toEqual(['peers', 'peer-joined'].slice(0, heard.length));
  expect(JSON.stringify(heard)).not.toMatch(/deviceId|fromAddress|toAddress|for the operator/);
  // What was addressed is not kept for replay either.
  await using late = await running.open();
  late.send({ type: 'hello', role: 'viewer' });
  expect(JSON.stringify(await late.rest())).not.toContain('for the operator');
});

test('the key in the first message: a hello opens, and nobody is sent the key', async () => {
  const phone = await running.deviceKey('token-phone');
  await using operator = await running.open(running.hub.ready.viewerKey);
  operator.send({ type: 'hello', role: 'viewer' });
  await operator.next();
  const socket = await WireClient.open(running.url());
  socket.send({ type: 'hello', role: 'sharer', name: 'Ben', token: phone.key });
  await using sharer = await toClient(socket);
  expect((await sharer.next()).type).toBe('peers');
  await operator.client.until(() => operator.client.received.some(({ name }) => name === 'Ben'));
  expect(operator.client.received.at(-1)).toMatchObject({ deviceId: phone.deviceId, role: 'sharer' });
  const plain = await WireClient.open(running.url());
  plain.send({ type: 'offer', offer: { sdp: 'plain' }, token: running.hub.ready.joinKey });
  await using other = await toClient(plain);
  await operator.client.until(() => operator.client.received.some(({ type }) => type === 'offer'));
  expect(operator.client.received.at(-1)).toEqual({ type: 'offer', offer: { sdp: 'plain' }, from: other.peerId });
  const silent = await WireClient.open(running.url());
  silent.send({ type: 'handshake', token: running.hub.ready.joinKey });
  await using third = await toClient(silent);
  expect(await third.rest()).toEqual([]);
  expect(JSON.stringify(operator.client.received)).not.toMatch(/token|handshake/);
});

test.each([
  ['a wrong key', () => running.open('join-wrong'), /401/],
  ['no key, and none in the first message', () => openWith({ type: 'offer' }), /closed first: 1008/],
  ['a wrong key in the first message', () => openWith({ type: 'hello', token: 'join-wrong' }), /closed first: 1008/],
])('%s: no entry', async (_name, open, why) => {
  await expect(open()).rejects.toThrow(why);
});

test('--access open: anyone; a device key in the first message still says whose phone it is', async () => {
  const open = await startSignalingHub(['--access', 'open']);
  try {
    const phone = await open.deviceKey('open-phone');
    await using operator = await open.open(open.hub.ready.viewerKey);
    operator.send({ type: 'hello', role: 'viewer' });
    await operator.next();
    await using anyone = await open.open(null);
    anyone.send({ type: 'hello', role: 'sharer', token: phone.key });
    await operator.client.until(() => operator.client.received.some(({ role }) => role === 'sharer'));
    expect(operator.client.received.at(-1)).toMatchObject({ deviceId: phone.deviceId });
    expect(JSON.stringify(operator.client.received)).not.toContain(phone.key);
    await using stranger = await open.open(null);
    stranger.send({ type: 'hello', role: 'viewer', token: open.hub.ready.adminKey });
    await operator.client.until(() => operator.client.received.some(({ peerId }) => peerId === stranger.peerId));
    expect(operator.client.received.at(-1)).toMatchObject({ peerId: stranger.peerId, operator: false });
  } finally {
    await open.stop();
  }
});
