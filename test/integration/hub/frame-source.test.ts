import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ContractHub, startContractHub } from '../../helpers/contract-hub';
import { WireClient } from '../../helpers/wire-client';

let running: ContractHub;
beforeAll(async () => {
  running = await startContractHub();
});
afterAll(() => running.stop());

/** `source` of each frame in the CSV, by its text. */
async function sources(): Promise<Record<string, string>> {
  const { http, viewerKey } = running.ready;
  const csv = await (await fetch(`${http}/api/v1/sessions/latest/export?format=csv&key=${viewerKey}`)).text();
  const [head = '', ...rows] = csv.trim().split('\r\n');
  const column = (name: string): number => head.split(',').indexOf(name);
  return Object.fromEntries(
    rows.map((row) => {
      const cells = row.split(',');
      return [String(cells[column('text')]), String(cells[column('source')])];
    }),
  );
}

test('the CSV says how each frame came: by the socket of the Pocket Parrot page, by ours, or by HTTP', async () => {
  const { http, joinKey } = running.ready;
  const url = `${http.replace('http', 'ws')}/pocket-parrot?key=${joinKey}`;
  const data = (text: string) => ({ type: 'data', data: { text } });
  const parrot = await WireClient.open(url);
  await parrot.ask({ type: 'handshake', client: 'pocket-parrot' });
  await parrot.ask(data('parrot'));
  const ours = await WireClient.open(url);
  const { deviceKey } = await ours.ask({ type: 'handshake', client: 'perch-phone', deviceId: 'p1', pair: true });
  await ours.ask(data('socket'));
  const post = (path: string, body: object): Promise<Response> =>
    fetch(`${http}/api/v1/${path}?deviceId=p1`, {
      method: 'POST',
      headers: { authorization: `Bearer ${String(deviceKey)}` },
      body: JSON.stringify(body),
    });
  // A photo beside its socket, and everything when no socket gets through.
  await post('frames', { boot: 'b', frames: [{ seq: 1, data: { text: 'beside' } }] });
  await post('messages', { type: 'message', boot: 'b', seq: 2, text: 'word' });
  expect(await sources()).toEqual({
    parrot: 'pocket-parrot',
    socket: 'perch',
    beside: 'perch',
    word: 'perch',
  });
  await parrot.close();
  await ours.close();
});
