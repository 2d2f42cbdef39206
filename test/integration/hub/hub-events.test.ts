import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { HubEvent } from '../../../src/main/hub/hub-events';
import { startContractHub } from '../../helpers/contract-hub';
import { WireClient } from '../../helpers/wire-client';

type Named<E extends HubEvent['event']> = Extract<HubEvent, { event: E }>;

test('events and log: who connected from where, who they are, how long they stayed, and each status in full', async () => {
  const lines: Array<Record<string, unknown>> = [];
  const log = pino({ level: 'info' }, { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) });
  const { hub, ready, stop } = await startContractHub({ statusMs: 100, log });
  onTestFinished(stop);
  const events: HubEvent[] = [];
  hub.onEvent((event) => events.push(event));
  const next = async <E extends HubEvent['event']>(name: E): Promise<Named<E>> => {
    const find = () => events.find((event): event is Named<E> => event.event === name);
    await expect.poll(find).toBeDefined();
    return find() as Named<E>;
  };

  const phone = await WireClient.open(`${ready.http.replace('http', 'ws')}/pocket-parrot?key=${ready.joinKey}`);
  expect(await next('connected')).toEqual({ event: 'connected', address: '127.0.0.1', connections: 1 });
  const { deviceId } = await phone.ask({ type: 'handshake', client: 'a page', username: 'ann' });
  expect(await next('handshake')).toEqual({
    event: 'handshake',
    deviceId,
    name: 'ann',
    clientId: 'user_ann',
    client: 'a page',
    address: '127.0.0.1',
  });
  for (const id of [1, 2, 3]) await phone.ask({ type: 'data', data: { id } });
  events.length = 0;
  const ann = { name: 'ann', frames: 3, lastAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string };
  expect(await next('status')).toEqual({
    event: 'status',
    connections: 1,
    devices: 1,
    framesStored: 3,
    framesPerSecond: expect.any(Number) as number,
    devicesById: { [String(deviceId)]: ann },
  });
  await phone.close();
  expect(await next('disconnected')).toEqual({
    event: 'disconnected',
    deviceId,
    address: '127.0.0.1',
    durationS: expect.any(Number) as number,
    frames: 3,
    connections: 0,
  });
  expect(lines.filter(({ clientIp }) => clientIp !== undefined)).toMatchObject([
    { clientIp: '127.0.0.1', totalClients: 1, msg: 'phone connected' },
    { clientIp: '127.0.0.1', totalClients: 0, msg: 'phone disconnected' },
  ]);
});
