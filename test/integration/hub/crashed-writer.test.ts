import { expect, onTestFinished, test } from 'vitest';
import type { HubEvent } from '../../../src/main/hub/hub-events';
import { startContractHub } from '../../helpers/contract-hub';
import { watchThreads } from '../../helpers/crash-thread';
import { WireClient } from '../../helpers/wire-client';

const threads = watchThreads();

interface Stored {
  readonly data: { readonly id: number };
}

test('the writer crashes under a phone: refused, never acked and lost; told, cleared, and the third time it stays down', async () => {
  const { hub, ready, stop } = await startContractHub();
  onTestFinished(stop);
  const alerts: HubEvent[] = [];
  hub.onEvent((event) => {
    if (event.event === 'alert') alerts.push(event);
  });
  const phone = await WireClient.open(`${ready.http.replace('http', 'ws')}/pocket-parrot?key=${ready.joinKey}`);
  await phone.ask({ type: 'handshake', deviceId: 'walker', username: 'walker' });
  const send = (id: number) => phone.ask({ type: 'data', boot: 'b', seq: id, data: { id } });
  const acked: number[] = [];
  const deliver = async (id: number): Promise<void> => {
    const answer = await send(id);
    if (answer.type !== 'ack') {
      expect(answer).toMatchObject({ type: 'error', code: 'storage_unavailable', seq: id });
      // What a phone does: it tries again until it is taken.
      await expect.poll(async () => (await send(id)).type).toBe('ack');
    }
    acked.push(id);
  };
  for (let crash = 0; crash < 2; crash += 1) {
    await deliver(1 + crash * 2);
    const crashed = threads.crash('store-writer');
    await deliver(2 + crash * 2);
    await crashed;
  }
  await deliver(5);
  await threads.crash('store-writer');
  expect(await send(6)).toMatchObject({ type: 'error', code: 'storage_unavailable', seq: 6 });
  expect(await send(6)).toMatchObject({ type: 'error', code: 'storage_unavailable', seq: 6 });

  const ids = alerts.map((alert) => ('id' in alert ? alert.id : ''));
  expect(ids).toEqual(['storage.writer', 'storage.writer', 'storage.writer']);
  expect(alerts.at(-1)).toMatchObject({
    severity: 'critical',
    sentence: 'The part of Perch that stores broke down three times in a minute. Nothing more is stored.',
  });
  const answer = await fetch(`${ready.http}/api/v1/frames`, {
    headers: { authorization: `Bearer ${ready.viewerKey}` },
  });
  const { items } = (await answer.json()) as { items: readonly Stored[] };
  expect(items.map(({ data }) => data.id)).toEqual(acked);
  await phone.close();
});
