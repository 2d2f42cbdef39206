import { expect, onTestFinished, test } from 'vitest';
import type { StoredFrame } from '../../../src/common/model/frame';
import { startContractHub } from '../../helpers/contract-hub';
import { WireClient } from '../../helpers/wire-client';

test('onFrame: every stored frame, after its commit, in order; a duplicate and a refused one are none', async () => {
  const { hub, ready, stop } = await startContractHub();
  const heard: StoredFrame[] = [];
  const stopListening = hub.onFrame((frame) => heard.push(frame));
  const phone = await WireClient.open(`${ready.http.replace('http', 'ws')}/pocket-parrot?key=${ready.joinKey}`);
  const { deviceId, sessionId } = await phone.ask({ type: 'handshake', username: 'ann' });
  const batch = {
    type: 'batch',
    boot: 'b',
    frames: [
      { seq: 2, data: { text: 'two', timestamp: 1_700_000_000_000 } },
      { seq: 1, data: { text: 'one' } },
      { seq: 3, data: 5 },
    ],
  };
  await phone.ask(batch);
  await phone.ask(batch);
  expect(heard).toMatchObject([
    {
      deviceId,
      sessionId,
      boot: 'b',
      seq: 2,
      capturedAtMs: 1_700_000_000_000,
      source: 'pocket-parrot',
      data: { text: 'two' },
    },
    { deviceId, sessionId, boot: 'b', seq: 1, capturedAtMs: null, data: { text: 'one' } },
  ]);
  expect(heard[1]?.frameId).toBeGreaterThan(heard[0]?.frameId ?? Infinity);
  // In the log when it was told.
  const answer = await fetch(`${ready.http}/api/v1/frames?key=${ready.viewerKey}`);
  const { items } = (await answer.json()) as { items: readonly { id: number }[] };
  expect(items.map(({ id }) => id)).toEqual(heard.map(({ frameId }) => frameId));
  stopListening();
  await phone.ask({ type: 'data', data: {} });
  expect(heard).toHaveLength(2);
  await phone.close();
  await stop();
});

test('a batch, and what came right after it: told in the order of their ids', async () => {
  const { hub, ready, stop } = await startContractHub();
  onTestFinished(stop);
  const heard: number[] = [];
  hub.onFrame(({ frameId }) => heard.push(frameId));
  const phone = await WireClient.open(`${ready.http.replace('http', 'ws')}/pocket-parrot?key=${ready.joinKey}`);
  await phone.ask({ type: 'handshake', username: 'ann' });
  for (let time = 0; time < 10; time += 1) {
    phone.send({ type: 'batch', boot: 'b', frames: [1, 2, 3].map((at) => ({ seq: 3 * time + at, data: {} })) });
    phone.send({ type: 'data', data: {} });
    await phone.next();
    await phone.next();
  }
  expect(heard).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  await phone.close();
});

test('a listener that throws costs nobody an ack, nor the other listeners their frame', async () => {
  const { hub, ready, bugs, stop } = await startContractHub();
  const heard: unknown[] = [];
  const told: string[] = [];
  hub.onFrame(() => {
    throw new Error('a broken dashboard');
  });
  hub.onFrame(({ data }) => heard.push(data.text));
  hub.onEvent(() => {
    throw new Error('a broken status log');
  });
  hub.onEvent(({ event }) => told.push(event));
  const phone = await WireClient.open(`${ready.http.replace('http', 'ws')}/pocket-parrot?key=${ready.joinKey}`);
  expect(await phone.ask({ type: 'handshake', username: 'ann' })).toMatchObject({ type: 'welcome' });
  expect(await phone.ask({ type: 'data', data: { id: 1, text: 'a' } })).toMatchObject({ type: 'ack', received: 1 });
  expect(await phone.ask({ type: 'batch', boot: 'b', frames: [{ seq: 1, data: { text: 'b' } }] })).toMatchObject({
    type: 'ack',
    stored: 1,
  });
  expect(heard).toEqual(['a', 'b']);
  expect(told).toEqual(['connected', 'handshake']);
  await phone.close();
  await stop();
  expect(bugs.filter((line) => line.includes('a broken dashboard'))).toHaveLength(2);
  expect(bugs.every((line) => line.includes('a listener failed'))).toBe(true);
});
