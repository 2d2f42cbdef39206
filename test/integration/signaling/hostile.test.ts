import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SignalingClient, type SignalingHub, startSignalingHub } from './signaling-hub';

let running: SignalingHub;
beforeAll(async () => {
  running = await startSignalingHub();
});
afterAll(() => running.stop());

/** Two others are still served. */
async function assertServed(): Promise<void> {
  await using one = await running.open();
  await using other = await running.open();
  one.send({ type: 'still', to: other.peerId });
  expect(await other.next()).toMatchObject({ type: 'still', from: one.peerId });
}

const nested = (depth: number): string => `{"type":"x","a":${'['.repeat(depth)}${']'.repeat(depth)}}`;

const REFUSED: ReadonlyArray<readonly [name: string, text: string, code: string]> = [
  ['not JSON', '{', 'invalid_json'],
  ['nothing', '', 'invalid_json'],
  ['an array', '[{"type":"offer"}]', 'invalid_message'],
  ['null', 'null', 'invalid_message'],
  ['no type', '{"offer":{}}', 'invalid_message'],
  ['a type that is no text', '{"type":["offer"]}', 'invalid_message'],
  ['an empty type', '{"type":""}', 'invalid_message'],
  ['a role that is none', '{"type":"hello","role":"operator"}', 'invalid_message'],
  ['a kind that is none', '{"type":"hello","role":"sharer","kind":"desk"}', 'invalid_message'],
  ['a name that is no text', '{"type":"hello","role":"sharer","name":{}}', 'invalid_message'],
  ['nesting without end', nested(100_000), 'invalid_message'],
  ['nesting without end, with a forged from', nested(100_000).replace('{', '{"from":"p_1",'), 'invalid_message'],
  ['an SDP bomb', JSON.stringify({ type: 'offer', offer: { sdp: 'a=x\r\n'.repeat(60_000) } }), 'too_large'],
  ...['connected', 'peers', 'peer-joined', 'peer-left', 'server_shutdown', 'error'].map(
    (type) => [`the reserved type ${type}`, JSON.stringify({ type, peerId: 'p_1' }), 'reserved_type'] as const,
  ),
];

test.each(REFUSED)('%s: one error, nobody else hears of it, the connection lives', async (_name, text, code) => {
  await using bad = await running.open();
  await using other = await running.open(running.hub.ready.viewerKey);
  other.send({ type: 'hello', role: 'viewer' });
  await other.next();
  bad.send(text);
  expect(await bad.next()).toMatchObject({ type: 'error', code, message: expect.any(String) as string });
  bad.send({ type: 'alive' });
  expect(await other.next()).toEqual({ type: 'alive', from: bad.peerId });
});

test('a member called __proto__ does no harm and arrives', async () => {
  await using one = await running.open();
  await using other = await running.open();
  one.send('{"type":"x","__proto__":{"peerId":"p_1"},"from":"p_1"}');
  const raw = await other.next();
  expect(Object.getOwnPropertyNames(raw).sort()).toEqual(['__proto__', 'from', 'type']);
  expect(raw.from).toBe(one.peerId);
});

test('a message of just 256 KiB is relayed, over 1 MiB the socket ends with 1009', async () => {
  await using one = await running.open();
  await using other = await running.open();
  const empty = JSON.stringify({ type: 'x', text: '' }).length;
  one.send({ type: 'x', text: 'x'.repeat(256 * 1024 - empty) });
  expect(((await other.next()).text as string).length).toBe(256 * 1024 - empty);
  one.send('x'.repeat(1024 * 1024 + 1));
  expect(await one.client.closed).toMatchObject({ code: 1009 });
  await assertServed();
});

test('a flood: 200 messages in a second pass, the rest are dropped and said so', async () => {
  await using flooder = await running.open();
  await using other = await running.open();
  for (let n = 0; n < 2_000; n += 1) flooder.send({ type: 'flood', n });
  await flooder.client.until(() => flooder.client.received.length > 1_200);
  const errors = flooder.client.received.slice(1);
  expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['rate_limited']));
  const heard = (await other.rest()).map(({ n }) => Number(n));
  expect(heard.slice(0, 200)).toEqual(Array.from({ length: 200 }, (_, n) => n));
  expect(heard.length).toBeLessThan(800);
  await assertServed();
});

test('1 MiB a second: what is over it is dropped', async () => {
  await using one = await running.open();
  await using other = await running.open();
  const text = 'x'.repeat(200 * 1024);
  for (let n = 0; n < 8; n += 1) one.send({ type: 'big', n, text });
  expect(await one.next()).toMatchObject({ code: 'rate_limited' });
  expect(await other.next()).toMatchObject({ n: 0 });
});

test('a peer that takes nothing is closed with 1013; nobody waits for it', async () => {
  const slow = await running.open();
  slow.client.socket.pause();
  const senders: SignalingClient[] = [];
  // Each may send 1 MiB at once, and is told once the hub has given the slow one up, though that one has yet to hear it. How much the kernel takes in between is its own business: until it has had enough.
  const MOST_SENDERS = 100;
  let isGone = false;
  while (!isGone && senders.length < MOST_SENDERS) {
    const sender = await running.open();
    senders.push(sender);
    for (let n = 0; n < 4; n += 1) sender.send({ type: 'x', to: slow.peerId, text: 'x'.repeat(250 * 1024) });
    isGone = (await sender.rest()).some(({ code }) => code === 'unknown_peer');
  }
  expect(isGone).toBe(true);
  slow.client.socket.resume();
  expect((await slow.client.closed).code).toBe(1013);
  for (const sender of senders) await sender.client.close();
});

test('shutdown: server_shutdown and 1001', async () => {
  const own = await startSignalingHub();
  const client = await own.open();
  expect(await own.hub.stop()).toBe(0);
  expect(await client.client.closed).toMatchObject({ code: 1001 });
  expect(client.client.received.slice(1)).toEqual([{ type: 'server_shutdown' }]);
  await own.stop();
});
