import 'fake-indexeddb/auto';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHubClient } from '../../../src/common/contract/client';
import { openWebSocketTransport } from '../../../src/renderer/control-room/connect/web-socket-transport';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { startSocketRefusingProxy } from '../../helpers/socket-refusing-proxy';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { type Engine, makeStorage, startEngine } from './engine';

let dataDir: string;
let hub: HubProcess;
let engine: Engine | null = null;

beforeEach(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir);
});

afterEach(async () => {
  engine?.link.stop();
  engine?.queue.close();
  expect(engine?.failures).toEqual([]);
  engine = null;
  await hub.stop();
  removeFolder(dataDir);
});

const START = { latitude: 47.6, longitude: -122.33, accuracy: 5 };
const frame = (n: number) => ({ timestamp: new Date().toISOString(), id: n, gps: { ...START, altitude: n } });

async function capture({ queue, delivery }: Engine, from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n++) await queue.capture(frame(n), Date.now());
  delivery.wake();
}

const untilSettled = ({ queue }: Engine) => expect.poll(() => queue.counts.waiting, { timeout: 40_000 }).toBe(0);

async function storedFrames(): Promise<{ seq: number | null; data: Record<string, unknown> }[]> {
  const answer = await fetch(`${hub.ready.http}/api/v1/frames?limit=1000`, {
    headers: { authorization: `Bearer ${hub.ready.viewerKey}` },
  });
  const { items } = (await answer.json()) as { items: { seq: number | null; data: Record<string, unknown> }[] };
  return items;
}

async function expectEachOnce(count: number): Promise<void> {
  const seqs = (await storedFrames()).map(({ seq }) => Number(seq)).sort((a, b) => a - b);
  expect(seqs).toEqual(Array.from({ length: count }, (_, n) => n + 1));
}

test('where no WebSocket gets through, frames, words and answers go by requests, and back to a socket when one does', async () => {
  const proxy = await startSocketRefusingProxy(hub.ready.http);
  engine = await startEngine(proxy.origin, hub.ready.joinKey, 'refused');
  await capture(engine, 1, 5);
  await engine.queue.captureWord({ type: 'sos', active: true, text: 'help' }, Date.now());
  engine.delivery.wake();
  await untilSettled(engine);
  expect(engine.dials.map(({ rung }) => rung)).toEqual(['http']);
  expect(proxy.refused()).toBeGreaterThanOrEqual(2);
  await expectEachOnce(6);
  expect((await storedFrames()).filter(({ data }) => data.captureMethod === 'sos')).toHaveLength(1);
  // Every message has its answer.
  engine.link.send(JSON.stringify({ type: 'ping', t0: 1 }));
  await expect
    .poll(() => engine?.heard.some((message) => (message as { type: string }).type === 'pong'), { timeout: 10_000 })
    .toBe(true);
  // The hub goes and comes back behind it: nothing is lost or doubled.
  const { port } = new URL(hub.ready.http);
  await hub.stop('SIGKILL');
  await capture(engine, 7, 12);
  hub = await startHubProcess(dataDir, ['--port', port, '--tls-port', '0']);
  await untilSettled(engine);
  await expectEachOnce(12);
  proxy.letsSockets = true;
  await expect.poll(() => engine?.dials.at(-1)?.rung, { timeout: 10_000 }).toBe('socket');
  await capture(engine, 13, 14);
  await untilSettled(engine);
  await expectEachOnce(14);
  await proxy.stop();
}, 90_000);

test('a phone that must wait and gets no WebSocket through is not turned away: its SOS arrives once it is let in', async () => {
  const { http, adminKey } = hub.ready;
  const operator = createHubClient(await openWebSocketTransport(`${http.replace('http', 'ws')}/console`, adminKey));
  await operator.request('access.set', { approveFirst: true });
  const proxy = await startSocketRefusingProxy(http);
  engine = await startEngine(proxy.origin, hub.ready.joinKey, 'waiting');
  await engine.queue.captureWord({ type: 'sos', active: true, text: 'help' }, Date.now());
  engine.delivery.wake();
  // Told with the welcome, and again as the answer to the SOS.
  await expect.poll(() => engine?.approvals, { timeout: 40_000 }).toEqual(['pending', 'pending']);
  expect(engine.dials.map(({ rung }) => rung)).toEqual(['http']);
  expect(engine.link.state.kind).toBe('connected');
  const { waiting } = await operator.request('access.get', {});
  expect(waiting).toHaveLength(1);
  await operator.request('access.approve', { deviceId: waiting[0]?.deviceId ?? '' });
  await untilSettled(engine);
  await expectEachOnce(1);
  expect(engine.link.state.kind).toBe('connected');
  await proxy.stop();
}, 90_000);

test('a hub that comes back at another of its addresses is found, proves itself, and gets every frame once', async () => {
  const own = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
  expect(own, 'this machine has an address of its own').toBeDefined();
  const { port } = new URL(hub.ready.http);
  engine = await startEngine(`http://127.0.0.1:${port}`, hub.ready.joinKey, 'moved');
  await capture(engine, 1, 5);
  await untilSettled(engine);
  await hub.stop('SIGKILL');
  await capture(engine, 6, 20);
  hub = await startHubProcess(dataDir, ['--host', own ?? '', '--port', port, '--tls-port', '0']);
  await untilSettled(engine);
  // By which rung depends on how many tries fell into the time in which the hub was starting.
  expect(engine.dials.at(-1)?.origin).toBe(`http://${own}:${port}`);
  await capture(engine, 21, 25);
  await untilSettled(engine);
  await expectEachOnce(25);
}, 90_000);

test('another team’s hub at the same address gets nothing that was left from the last, and each hub its own', async () => {
  const storage = makeStorage();
  const origin = hub.ready.http;
  const ports = ['--port', new URL(origin).port, '--tls-port', '0'];
  const comeAs = async (joinKey: string): Promise<Engine> => {
    engine?.link.stop();
    engine?.queue.close();
    return startEngine(origin, joinKey, 'two teams', undefined, storage);
  };
  engine = await comeAs(hub.ready.joinKey);
  await capture(engine, 1, 3);
  await untilSettled(engine);
  await hub.stop();
  await capture(engine, 4, 8);
  const otherDir = temporaryFolder();
  const own = dataDir;
  dataDir = otherDir;
  hub = await startHubProcess(otherDir, ports);
  const { joinKey } = hub.ready;
  engine = await comeAs(joinKey);
  await capture(engine, 1, 2);
  await untilSettled(engine);
  await expectEachOnce(2);
  expect(engine.queue.counts).toMatchObject({ delivered: 5, held: 5 });
  await hub.stop();
  dataDir = own;
  hub = await startHubProcess(own, ports);
  engine = await comeAs(hub.ready.joinKey);
  await untilSettled(engine);
  await expectEachOnce(8);
  expect(engine.queue.counts).toMatchObject({ delivered: 10, held: 0 });
  removeFolder(otherDir);
}, 90_000);

test('600 s of queued frames come after the live position, each once', async () => {
  const atMs = Date.now() - 600_000;
  engine = await startEngine(hub.ready.http, hub.ready.joinKey, 'backlog', async (queue) => {
    await queue.capture({ photoBase64: 'data:image/jpeg;base64,/9j/4AAQSkZJRg==' }, atMs);
    for (let n = 0; n < 600; n++) await queue.capture(frame(n), atMs + n * 900);
    await queue.capture({ ...frame(601), text: 'live' }, Date.now());
  });
  await untilSettled(engine);
  await expectEachOnce(602);
  const [first, second] = await storedFrames();
  expect(first?.data.text).toBe('live');
  expect(second?.seq).toBe(2);
  // The photo after everything else.
  expect((await storedFrames()).at(-1)?.seq).toBe(1);
}, 90_000);
