import { afterAll, beforeAll, expect, test } from 'vitest';
import { WireClient } from '../../helpers/wire-client';
import { type SignalingHub, startSignalingHub, toClient } from './signaling-hub';

let running: SignalingHub;
beforeAll(async () => {
  running = await startSignalingHub();
});
afterAll(() => running.stop());

const OFFER = { type: 'offer', offer: { type: 'offer', sdp: 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n' } };
const CANDIDATE = { type: 'ice-candidate', candidate: { candidate: 'candidate:1 1 udp 1 10.0.0.7 9 typ host' } };

test('connected: to the letter, and it counts every socket, the new one too', async () => {
  await using first = await running.open();
  await using second = await running.open();
  expect(first.connected).toEqual({
    type: 'connected',
    message: 'Connected to signaling server',
    clientsCount: 1,
    peerId: expect.stringMatching(/^p_[0-9a-f]{20}$/) as string,
  });
  expect(second.connected.clientsCount).toBe(2);
  expect(second.peerId).not.toBe(first.peerId);
});

test.each([
  ['offer', OFFER],
  ['answer', { type: 'answer', answer: { type: 'answer', sdp: 'v=0' } }],
  ['ice-candidate', CANDIDATE],
  ['a type of its own', { type: 'cursor', at: [1, 2, { deep: null }] }],
  ['hello without a role, somebody else’s', { type: 'hello', text: 'hi' }],
])('plain %s: to every other, with from and nothing else changed; nothing comes back', async (_name, message) => {
  await using sender = await running.open();
  await using one = await running.open();
  await using other = await running.open(running.hub.ready.viewerKey);
  sender.send(message);
  expect(await one.next()).toEqual({ ...message, from: sender.peerId });
  expect(await other.next()).toEqual({ ...message, from: sender.peerId });
  expect(await sender.rest()).toEqual([]);
});

test('the text itself is kept: numbers no double holds, spelling, order of members', async () => {
  await using sender = await running.open();
  await using receiver = await running.open();
  const text = '\n{ "z":12345678901234567890.10,"a":"\\u00e9","type" : "exact" }';
  let raw = '';
  receiver.client.socket.once('message', (data: Buffer) => {
    raw = data.toString('utf8');
  });
  sender.send(text);
  await receiver.next();
  expect(raw).toBe(`{"from":"${sender.peerId}", "z":12345678901234567890.10,"a":"\\u00e9","type" : "exact" }`);
});

test.each([
  ['forged', '{"type":"x","from":"p_1"}'],
  ['forged twice', '{"from":"p_1","type":"x","from":"p_2"}'],
  ['forged in another spelling', '{"type":"x","fr\\u006fm":"p_1"}'],
  ['forged as an object', '{"type":"x","from":{"peerId":"p_1"}}'],
])('from %s: overwritten, once', async (_name, text) => {
  await using sender = await running.open();
  await using receiver = await running.open();
  let raw = '';
  receiver.client.socket.once('message', (data: Buffer) => {
    raw = data.toString('utf8');
  });
  sender.send(text);
  expect(await receiver.next()).toEqual({ type: 'x', from: sender.peerId });
  expect(raw.split('from').length).toBe(2);
});

test('to: that one alone; a peer that is not there, or oneself: unknown_peer', async () => {
  await using sender = await running.open();
  await using one = await running.open();
  await using other = await running.open();
  sender.send({ ...OFFER, to: one.peerId });
  expect(await one.next()).toEqual({ ...OFFER, to: one.peerId, from: sender.peerId });
  for (const to of ['p_00000000000000000000', sender.peerId, 7, '__proto__']) {
    sender.send({ ...OFFER, to });
    expect(await sender.next()).toMatchObject({ type: 'error', code: 'unknown_peer' });
  }
  expect(await other.rest()).toEqual([]);
  sender.send({ ...CANDIDATE, to: null });
  expect((await other.next()).from).toBe(sender.peerId);
});

test('a sender’s messages arrive in its order, addressed and broadcast together', async () => {
  await using sender = await running.open();
  await using receiver = await running.open();
  for (let n = 0; n < 150; n += 1) sender.send({ type: 'n', n, ...(n % 2 ? { to: receiver.peerId } : {}) });
  const got: unknown[] = [];
  while (got.length < 150) got.push((await receiver.next()).n);
  expect(got).toEqual(Array.from({ length: 150 }, (_, n) => n));
});

test('over TLS too, and to a client on the other listener', async () => {
  await using plain = await running.open();
  const url = `${running.url(true)}?key=${running.hub.ready.joinKey}`;
  await using secure = await toClient(await WireClient.open(url, { rejectUnauthorized: false }));
  secure.send(OFFER);
  expect(await plain.next()).toEqual({ ...OFFER, from: secure.peerId });
});

test('a binary message is relayed as text', async () => {
  await using sender = await running.open();
  await using receiver = await running.open();
  sender.client.socket.send(Buffer.from('{"type":"x","text":"é"}'));
  expect(await receiver.next()).toEqual({ type: 'x', text: 'é', from: sender.peerId });
  sender.client.socket.send(
    Buffer.concat([Buffer.from('{"type":"x","text":"'), Buffer.from([0xff]), Buffer.from('"}')]),
  );
  expect(await receiver.next()).toEqual({ type: 'x', text: '\ufffd', from: sender.peerId });
});

test('a viewer that comes later is given the last offer and its candidates; a plain client is not', async () => {
  await using sharer = await running.open();
  sharer.send({ type: 'offer', offer: { sdp: 'old' } });
  sharer.send({ ...CANDIDATE, n: 'of the old one' });
  sharer.send(OFFER);
  for (let n = 1; n <= 70; n += 1) sharer.send({ ...CANDIDATE, n });
  sharer.send({ ...CANDIDATE, n: 71, padding: 'x'.repeat(4096) });
  await using addressed = await running.open();
  addressed.send({ ...OFFER, to: sharer.peerId });
  await sharer.next();
  await sharer.rest();
  await using plain = await running.open();
  expect(await plain.rest()).toEqual([]);
  await using viewer = await running.open();
  viewer.send({ type: 'hello', role: 'viewer' });
  const [peers, offer, ...candidates] = await viewer.rest();
  expect(peers?.type).toBe('peers');
  expect(offer).toEqual({ ...OFFER, from: sharer.peerId });
  expect(candidates.map(({ n }) => n)).toEqual(Array.from({ length: 64 }, (_, at) => at + 1));
  // Once: saying hello again is no coming later.
  viewer.send({ type: 'hello', role: 'viewer', name: 'Again' });
  expect((await viewer.rest()).map(({ type }) => type)).toEqual(['peers']);
  await sharer.client.close();
  await using late = await running.open();
  late.send({ type: 'hello', role: 'viewer' });
  expect((await late.rest()).map(({ type }) => type)).toEqual(['peers']);
});

// Frames of the hub have a head of 2, 4 or 10 bytes (RFC 6455, section 5.2): both sides of each border.
test.each([125, 126, 127, 65_535, 65_536, 65_537, 200_000])('a message that is relayed as %i bytes', async (length) => {
  await using sender = await running.open();
  await using receiver = await running.open();
  const relayed = (text: string): string => JSON.stringify({ from: sender.peerId, type: 'x', text });
  const text = 'x'.repeat(length - relayed('').length);
  let raw = '';
  receiver.client.socket.once('message', (data: Buffer) => {
    raw = data.toString('utf8');
  });
  sender.send({ type: 'x', text });
  await receiver.next();
  expect(raw).toBe(relayed(text));
  sender.send({ type: 'after' });
  expect(await receiver.next()).toEqual({ type: 'after', from: sender.peerId });
});
