import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

let dataDir: string;
let hub: HubProcess;
beforeAll(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir);
});
afterAll(async () => {
  await hub.stop();
  removeFolder(dataDir);
});

const open = async (deviceId: string): Promise<WireClient> => {
  const client = await WireClient.open(
    `${hub.ready.http.replace('http', 'ws')}/pocket-parrot?key=${hub.ready.joinKey}`,
  );
  await client.ask({ type: 'handshake', deviceId });
  return client;
};

const batch = (boot: string, seqs: readonly number[], data: (seq: number) => object = (seq) => ({ id: seq })) => ({
  type: 'batch',
  boot,
  frames: seqs.map((seq) => ({ seq, data: data(seq) })),
});

test('one bad frame never refuses its neighbours, and is settled too', async () => {
  const client = await open('neighbours');
  const bad = (seq: number) => (seq === 2 ? { gps: { latitude: 91, longitude: 0 } } : { id: seq });
  expect(await client.ask(batch('b', [1, 2, 3], bad))).toMatchObject({
    type: 'ack',
    boot: 'b',
    upTo: 3,
    settled: [[1, 3]],
    stored: 2,
    duplicates: 0,
    refused: [{ seq: 2, code: 'invalid_frame', message: 'data.gps.latitude must be between -90 and 90, got 91' }],
  });
  await client.close();
});

test('a repeat is acked and stored once; holes hold upTo back', async () => {
  const client = await open('holes');
  expect(await client.ask(batch('b', [1, 2]))).toMatchObject({ stored: 2, duplicates: 0, upTo: 2, settled: [[1, 2]] });
  expect(await client.ask(batch('b', [2, 5]))).toMatchObject({
    stored: 1,
    duplicates: 1,
    upTo: 2,
    settled: [
      [2, 2],
      [5, 5],
    ],
  });
  expect(await client.ask(batch('b', [4, 3]))).toMatchObject({ stored: 2, upTo: 5, settled: [[3, 4]] });
  expect(await client.ask(batch('c', [1]))).toMatchObject({ stored: 1, duplicates: 0, upTo: 1 });
  await client.close();
});

test('data with boot and seq is the same count: stored once, echoed', async () => {
  const client = await open('single');
  const data = { type: 'data', boot: 'b', seq: 1, data: { id: 'x' } };
  expect(await client.ask(data)).toMatchObject({ type: 'ack', boot: 'b', seq: 1, received: 'x' });
  expect(await client.ask(data)).toMatchObject({ type: 'ack', boot: 'b', seq: 1, received: 'x' });
  expect(await client.ask(batch('b', [1, 2]))).toMatchObject({ stored: 1, duplicates: 1, upTo: 2 });
  await client.close();
});

test('a batch of one device never touches the count of another', async () => {
  const one = await open('device one');
  const two = await open('device two');
  expect(await one.ask(batch('same', [1]))).toMatchObject({ stored: 1 });
  expect(await two.ask(batch('same', [1]))).toMatchObject({ stored: 1, duplicates: 0 });
  await one.close();
  await two.close();
});

test('over the rate: one error with the time to wait, nothing stored; the connection lives', async () => {
  const client = await open('fast');
  const answers: string[] = [];
  for (let at = 0; at < 3; at++) {
    const seqs = Array.from({ length: 150 }, (_, index) => at * 150 + index + 1);
    const answer = await client.ask(batch('b', seqs));
    answers.push(typeof answer.code === 'string' ? answer.code : answer.type);
    if (answer.code === 'rate_limited') expect(answer.retryAfterMs).toBeGreaterThan(0);
  }
  expect(answers[0]).toBe('ack');
  expect(answers).toContain('rate_limited');
  await client.close();
});
