import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMITS } from '../../../src/common/wire/limits';
import { type ContractHub, startContractHub } from '../../helpers/contract-hub';
import { type Message, WireClient } from '../../helpers/wire-client';

let running: ContractHub;
beforeAll(async () => {
  running = await startContractHub();
});
afterAll(async () => {
  await running.stop();
  expect(running.bugs).toEqual([]);
});

async function open(handshake: object): Promise<{ client: WireClient; welcome: Message }> {
  const { http, joinKey } = running.ready;
  const client = await WireClient.open(`${http.replace('http', 'ws')}/pocket-parrot?key=${joinKey}`);
  return { client, welcome: await client.ask({ type: 'handshake', ...handshake }) };
}

async function custodyOf({ deviceId }: Message): Promise<Record<string, unknown>> {
  const { http, viewerKey } = running.ready;
  const answer = await fetch(`${http}/api/v1/devices/${String(deviceId)}/custody?key=${viewerKey}`);
  return ((await answer.json()) as { custody: Record<string, unknown> }).custody;
}

const data = (seq: number, frame: object = {}) => ({ type: 'data', boot: 'b', seq, data: frame });
const batch = (frames: readonly unknown[]) => ({ type: 'batch', boot: 'b', frames });
const BAD = { gps: { latitude: 91, longitude: 0 } };

// Refused for good, one by one: settled like one of a batch, before the error leaves.
test.each([
  ['a bad frame', data(2, BAD), 'invalid_frame'],
  ['too many unknown fields', data(2, { note: 'x'.repeat(LIMITS.unknownFieldBytes + 1) }), 'too_large'],
  ['a message time that is none', { ...data(2), timestamp: 'yesterday' }, 'invalid_message'],
  ['a word without a text', { type: 'message', boot: 'b', seq: 2 }, 'invalid_message'],
])('%s with a number is refused, and no hole', async (name, bad, code) => {
  const { client, welcome } = await open({ username: name });
  expect(await client.ask(data(1))).toMatchObject({ type: 'ack' });
  expect(await client.ask(bad)).toMatchObject({ type: 'error', code, boot: 'b', seq: 2 });
  expect(await client.ask(batch([{ seq: 3, data: {} }]))).toMatchObject({ upTo: 3 });
  expect(await custodyOf(welcome)).toMatchObject({ received: 3, stored: 2, refused: { [code]: 1 }, missing: 0 });
  await client.close();
});

test('by HTTP too', async () => {
  const { http, joinKey } = running.ready;
  const post = (message: object): Promise<Response> =>
    fetch(`${http}/api/v1/messages?deviceId=by-http&key=${joinKey}`, { method: 'POST', body: JSON.stringify(message) });
  expect((await post(data(1, BAD))).status).toBe(400);
  expect(await (await post(batch([{ seq: 2, data: {} }]))).json()).toMatchObject({ upTo: 2 });
});

test('what is refused for now stays to come: a device over its rate', async () => {
  const { client, welcome } = await open({ username: 'fast' });
  const many = (from: number): object =>
    batch(Array.from({ length: LIMITS.batchFrames }, (_, at) => ({ seq: from + at, data: {} })));
  expect(await client.ask(many(1))).toMatchObject({ upTo: LIMITS.batchFrames });
  expect(await client.ask(many(201))).toMatchObject({ code: 'rate_limited' });
  // Frames, not messages: 200 refused whole are 200.
  expect(await custodyOf(welcome)).toMatchObject({ received: 400, stored: 200, refused: { rate_limited: 200 } });
  await client.close();
});

test('one item of a batch without a number refuses no neighbour', async () => {
  const { client, welcome } = await open({ username: 'unnumbered' });
  const items = [{ seq: 1, data: {} }, { data: {} }, 'noise', { seq: 0, data: {} }, { seq: 2, data: {} }];
  expect(await client.ask(batch(items))).toMatchObject({
    type: 'ack',
    upTo: 2,
    settled: [[1, 2]],
    stored: 2,
    refused: [
      {
        seq: null,
        code: 'invalid_frame',
        message: 'frames[1].seq is missing: it must be a whole number counting from 1',
      },
      { seq: null, code: 'invalid_frame', message: 'frames[2] must be an object {seq, data}, got "noise"' },
      { seq: null, code: 'invalid_frame', message: 'frames[3].seq must be a whole number counting from 1, got 0' },
    ],
  });
  expect(await custodyOf(welcome)).toMatchObject({ received: 5, stored: 2, refused: { invalid_frame: 3 }, missing: 0 });
  await client.close();
});

test('messages that are no frames are counted apart', async () => {
  const { client, welcome } = await open({ username: 'chatter' });
  await client.ask(data(1));
  await client.ask({ type: 'ping' });
  await client.ask('{');
  await client.ask({ type: 'dance' });
  expect(await custodyOf(welcome)).toMatchObject({
    received: 1,
    refused: {},
    refusedMessages: { invalid_message: 1, invalid_json: 1, unknown_type: 1 },
  });
  await client.close();
});
