import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemoryTransports } from '../../../src/common/rpc/memory-transport';
import { Room } from '../../contract/room';
import { type ContractHub, startContractHub } from '../../helpers/contract-hub';
import { WireClient } from '../../helpers/wire-client';

let running: ContractHub;
let room: Room;
beforeAll(async () => {
  running = await startContractHub();
  const [near, far] = createMemoryTransports();
  running.hub.attachConsole(far, 'operator', null);
  room = new Room({ transport: near, dispose: () => Promise.resolve() });
});
afterAll(async () => {
  await running.stop();
  expect(running.bugs).toEqual([]);
});

/** Asks for a device in the turn in which it asks for its key: its row is on the way to the disk then. */
function askedWhileSaved<T>(ask: (deviceId: string) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = running.hub.onEvent((event) => {
      if (event.event !== 'handshake') return;
      stop();
      ask(event.deviceId).then(resolve, reject);
    });
  });
}

const QUESTIONS: ReadonlyArray<readonly [name: string, ask: (deviceId: string) => Promise<unknown>, answer: object]> = [
  ['device.get', (deviceId) => room.client.request('device.get', { deviceId }), { framesTotal: 0 }],
  ['track.get', (deviceId) => room.client.request('track.get', { deviceId, limit: 10 }), { points: [] }],
  [
    'device.custody',
    (deviceId) => room.client.request('device.custody', { deviceId }),
    { custody: expect.objectContaining({ stored: 0 }) as object },
  ],
];

test.each(QUESTIONS)('%s of a phone whose row is not committed yet is answered', async (_name, ask, answer) => {
  const asked = askedWhileSaved(ask);
  const phone = await WireClient.open(
    `${running.ready.http.replace('http', 'ws')}/pocket-parrot?key=${running.ready.joinKey}`,
  );
  const welcomed = phone.ask({ type: 'handshake', client: 'test', pair: true });
  expect(await asked).toMatchObject(answer);
  await welcomed;
  await phone.close();
});
