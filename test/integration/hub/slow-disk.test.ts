import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import type { AppendOutcome } from '../../../src/common/model/delivery';
import { createIngestEndpoint, type IngestEndpoint } from '../../../src/main/ingest/endpoint';
import { WireClient } from '../../helpers/wire-client';
import { createTestClock, type TestClock } from '../../unit/hub/test-clock';

/** A disk that is as slow as the test says, behind real sockets. */
let waiting: Array<(outcome: AppendOutcome) => void>;
let isSaturated: boolean;
/** It stores at once. */
let isFast: boolean;
let drained: () => void;
let clock: TestClock;
let server: Server;
let endpoint: IngestEndpoint;
let url: string;
beforeEach(async () => {
  waiting = [];
  isSaturated = false;
  isFast = false;
  clock = createTestClock();
  const quiet = (): void => {};
  endpoint = createIngestEndpoint({
    directory: {
      admit: () => ({ deviceId: 'd1', name: 'a', clientId: 'a', flags: [], isExclusive: false }),
      release: quiet,
      issueKey: () => Promise.reject(new Error('not asked for')),
      deviceOfKey: () => null,
      isPersonalKey: () => false,
      stateOf: () => 'active',
    },
    sink: {
      append: (_frame, { stored }) => {
        if (isFast) stored({ kind: 'stored', frameId: 1 });
        else waiting.push(stored);
      },
      appendBatch: () => Promise.reject(new Error('not asked for')),
      recordDropped: () => Promise.reject(new Error('not asked for')),
      isSaturated: () => isSaturated,
      onDrain: (listener) => {
        drained = listener;
      },
    },
    observer: {
      connected: quiet,
      admitted: quiet,
      handshaken: quiet,
      disconnected: quiet,
      refused: quiet,
      listening: quiet,
      reported: quiet,
      read: quiet,
      measured: quiet,
      saidWaiting: quiet,
      saidRemoved: quiet,
      fought: quiet,
    },
    clock,
    place: { hubId: 'h', sessionId: () => 's', addresses: () => [] },
    frameRate: { perSecond: 100, burst: 200 },
    onBug: (error) => {
      throw error;
    },
  });
  server = createServer();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 8 * 1024 * 1024 });
  server.on('upgrade', (request, raw, head) => {
    sockets.handleUpgrade(request, raw, head, (socket) => {
      const { remoteAddress: address = '' } = request.socket;
      endpoint.open(
        socket,
        raw,
        { address, localAddress: null, userAgent: null, keyDeviceId: null, isPersonalKey: false },
        null,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const data = (id: number, more: object = {}) => ({ type: 'data', data: { id, ...more } });
/** The hub answers a WebSocket ping even to a phone whose messages it does not read: not while the socket is paused. */
const isRead = (client: WireClient): Promise<unknown> =>
  new Promise((resolve) => {
    client.socket.once('pong', resolve);
    client.socket.ping();
  });

test('the disk is behind: sockets are paused, new ones too, and go on when it has caught up; nothing is lost', async () => {
  const phone = await WireClient.open(url);
  const other = await WireClient.open(url);
  await Promise.all([isRead(phone), isRead(other)]);
  isSaturated = true;
  phone.send(data(1));
  await expect.poll(() => waiting.length).toBe(1);

  // Paused, the one that filled it, another, and one that comes now: none of these is read.
  const late = await WireClient.open(url);
  let read = 0;
  for (const client of [phone, other, late]) {
    client.send(data(2));
    void isRead(client).then(() => {
      read += 1;
    });
  }
  // The hub itself goes on: a whole exchange passes meanwhile.
  (await WireClient.open(url)).socket.terminate();
  expect([waiting.length, read]).toEqual([1, 0]);

  isSaturated = false;
  drained();
  await expect.poll(() => waiting.length).toBe(4);
  for (const stored of waiting) stored({ kind: 'stored', frameId: 1 });
  for (const client of [phone, other, late]) await client.until(() => client.received.at(-1)?.received === 2);
  expect(phone.received.map(({ received }) => received)).toEqual([1, 2]);
});

test('who sends on through refusals for 10 s is shut out with 1008', async () => {
  isFast = true;
  const rude = await WireClient.open(url);
  const send = async (): Promise<void> => {
    for (let id = 1; id <= 300; id += 1) rude.send(data(id));
    await Promise.race([isRead(rude), rude.closed]);
  };
  await send();
  await rude.until(() => rude.received.length === 300);
  expect(rude.received.map(({ type }) => type)).toEqual(
    Array.from({ length: 300 }, (_, at) => (at < 200 ? 'ack' : 'error')),
  );
  // 9.9 s, and one more.
  for (let round = 0; round < 11; round += 1) {
    clock.advance(900);
    await send();
    expect(rude.socket.readyState).toBe(rude.socket.OPEN);
  }
  clock.advance(900);
  await send();
  expect(await rude.closed).toEqual({ code: 1008, reason: 'Rate limit ignored' });
});

test('a device sends 32 MiB at once and 4 MiB a second', async () => {
  isFast = true;
  const phone = await WireClient.open(url);
  const photo = 'A'.repeat(4 * 1024 * 1024 - 100);
  const send = (id: number): Promise<unknown> => phone.ask(data(id, { photoBase64: photo }));
  for (let id = 1; id <= 8; id += 1) expect(await send(id)).toMatchObject({ type: 'ack', received: id });
  expect(await send(9)).toMatchObject({
    code: 'rate_limited',
    received: 9,
    retryAfterMs: expect.any(Number) as number,
  });
  clock.advance(1000);
  expect(await send(10)).toMatchObject({ type: 'ack', received: 10 });
});
