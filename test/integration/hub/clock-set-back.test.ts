import { expect, onTestFinished, test } from 'vitest';
import { createClock } from '../../../src/main/hub/clock';
import { type ContractHub, startContractHub } from '../../helpers/contract-hub';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

const HOUR_MS = 3_600_000;

interface Stored {
  readonly data: { readonly id: number };
}

const openPhone = async ({ ready }: ContractHub): Promise<WireClient> => {
  const client = await WireClient.open(`${ready.http.replace('http', 'ws')}/pocket-parrot?key=${ready.joinKey}`);
  await client.ask({ type: 'handshake', deviceId: 'walker', username: 'walker' });
  return client;
};

/** Sends one position by a phone whose own clock is right, and resolves with the hub's time of the ack. */
async function walk(phone: WireClient, id: number): Promise<number> {
  const data = { id, timestamp: Date.now(), gps: { latitude: id, longitude: 7 } };
  const ack = await phone.ask({ type: 'data', boot: 'b', seq: id, data });
  expect(ack).toMatchObject({ type: 'ack', received: id });
  return Date.parse(String(ack.timestamp));
}

const rising = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b);

const latitudeOf = async ({ ready }: ContractHub): Promise<unknown> => {
  const answer = await fetch(`${ready.http}/api/v1/devices`, {
    headers: { authorization: `Bearer ${ready.viewerKey}` },
  });
  const { items } = (await answer.json()) as { items: readonly Record<string, unknown>[] };
  return JSON.stringify(items[0]);
};

test("the laptop's clock set back by an hour, running and across a restart: time and order go on, the marker moves on", async () => {
  const dataDir = temporaryFolder();
  onTestFinished(() => removeFolder(dataDir));
  let shiftMs = HOUR_MS;
  const source = { wallMs: () => Date.now() + shiftMs, steadyMs: () => performance.now() };
  const first = await startContractHub({ dataDir, clock: createClock(0, source) });
  const phone = await openPhone(first);
  const acks = [await walk(phone, 1), await walk(phone, 2)];
  shiftMs = 0;
  acks.push(await walk(phone, 3), await walk(phone, 4));
  expect(await latitudeOf(first)).toContain('"latitude":4');
  await phone.close();
  await first.stop();

  // This one looks at the laptop's clock, an hour behind what is in the log.
  const second = await startContractHub({ dataDir });
  onTestFinished(() => second.stop());
  const again = await openPhone(second);
  acks.push(await walk(again, 5), await walk(again, 6));
  expect(await latitudeOf(second)).toContain('"latitude":6');
  expect(acks).toEqual(rising(acks));
  expect(acks.at(-1)).toBeGreaterThan(Date.now() + HOUR_MS / 2);

  const answer = await fetch(`${second.ready.http}/api/v1/frames`, {
    headers: { authorization: `Bearer ${second.ready.viewerKey}` },
  });
  const { items } = (await answer.json()) as { items: readonly Stored[] };
  expect(items.map(({ data }) => data.id)).toEqual([1, 2, 3, 4, 5, 6]);
  await again.close();
});
