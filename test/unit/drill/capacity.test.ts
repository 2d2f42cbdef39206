import { afterEach, beforeEach, expect, test } from 'vitest';
import { capacityInOneSentence, findCapacity } from '../../../src/main/drill/capacity';
import { type FakeHub, openFakeHub } from './fake-hub';

let hub: FakeHub;
beforeEach(async () => {
  hub = await openFakeHub();
});
afterEach(() => hub.close());

test('more phones in steps, until a hub that acks only some leaves frames without an ack', async () => {
  hub.answers = (message, socket) => {
    // Devices are numbered: the third never hears anything.
    if (socket.deviceId?.endsWith('0003') && message.type !== 'handshake') return [];
    return null;
  };
  const seen: number[] = [];
  const found = await findCapacity(
    { url: hub.url, key: null, rateHz: 20, stepSeconds: 0.2, drainSeconds: 2, steps: [1, 2, 4, 8] },
    ({ phones }) => seen.push(phones),
  );
  expect(found.phones).toBe(2);
  expect(found.steps.map(({ phones, held }) => [phones, held])).toEqual([
    [1, true],
    [2, true],
    [4, false],
  ]);
  expect(found.sentence).toMatch(
    /^This laptop takes 2 phones sending 20 times a second, acked within .+ ms \(p99\); at 4 phones 4 frames got no ack in time\.$/,
  );
});

test('nothing tried, nothing said', () => {
  expect(capacityInOneSentence([], 1)).toBe('Nothing was tried.');
});
