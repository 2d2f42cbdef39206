import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { type Message, WireClient } from '../../helpers/wire-client';

let dataDir: string;
let hub: HubProcess;
beforeAll(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir);
});
afterAll(async () => {
  expect(await hub.stop()).toBe(0);
  removeFolder(dataDir);
});

async function open(handshake: object): Promise<{ client: WireClient; welcome: Message }> {
  const url = `${hub.ready.http.replace('http', 'ws')}/pocket-parrot?key=${hub.ready.joinKey}`;
  const client = await WireClient.open(url);
  return { client, welcome: await client.ask({ type: 'handshake', ...handshake }) };
}

const batch = (boot: string, seqs: readonly number[], data: object = {}) => ({
  type: 'batch',
  boot,
  frames: seqs.map((seq) => ({ seq, data })),
});

async function api(path: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`${hub.ready.http}/api/v1${path}`, {
    headers: { authorization: `Bearer ${hub.ready.viewerKey}` },
  });
  return (await answer.json()) as Record<string, unknown>;
}

test('ping: answered at once with four times, not behind the acks of what was sent before', async () => {
  const { client } = await open({ username: 'pinger' });
  const t0 = Date.now();
  client.send(batch('b', [1, 2, 3]));
  client.send({ type: 'ping', t0 });
  const pong = await client.next();
  expect(pong).toMatchObject({ type: 'pong', t0 });
  expect(pong.t1).toBeGreaterThanOrEqual(t0);
  expect(pong.t2).toBeGreaterThanOrEqual(pong.t1 as number);
  expect(await client.next()).toMatchObject({ type: 'ack', upTo: 3 });
  await client.close();
});

test('dropped: settles its ranges, is counted once, and what is stored stays stored', async () => {
  const { client, welcome } = await open({ username: 'dropper' });
  await client.ask(batch('b', [1, 2, 10]));
  const dropped = { type: 'dropped', boot: 'b', ranges: [[2, 8]] };
  expect(await client.ask(dropped)).toMatchObject({ type: 'ack', boot: 'b', upTo: 8, settled: [[2, 8]] });
  expect(await client.ask(dropped)).toMatchObject({ upTo: 8 });
  const { custody } = await api(`/devices/${String(welcome.deviceId)}/custody`);
  expect(custody).toMatchObject({ stored: 3, dropped: 6, missing: 1, holes: [{ boot: 'b', ranges: [[9, 9]] }] });
  await client.close();
});

// Malformed: one error, nothing stored, the connection lives.
test.each([
  ['an SOS that is neither', { type: 'sos', active: 'yes' }, 'active must be true or false, got "yes"'],
  ['a message without text', { type: 'message' }, 'text is missing: it must be 1 to 2000 characters'],
  ['a message too long', { type: 'message', text: 'x'.repeat(2001) }, 'text must be 1 to 2000 characters'],
  ['a reply to nothing', { type: 'reply', answer: 'x' }, 'to is missing'],
  ['ranges that turn back', { type: 'dropped', boot: 'b', ranges: [[5, 2]] }, 'ranges[0] must be [from, to]'],
  ['a ping without time', { type: 'ping' }, 't0 is missing: it must be milliseconds since 1970'],
])('%s', async (_name, message, sentence) => {
  const { client } = await open({ username: 'malformed' });
  const answer = await client.ask(message);
  expect(answer).toMatchObject({ type: 'error', code: 'invalid_message' });
  expect(answer.message).toContain(sentence);
  expect(await client.ask({ type: 'data', data: {} })).toMatchObject({ type: 'ack' });
  await client.close();
});

test('sos, message and reply are stored once by their number and exported with their text', async () => {
  const { client, welcome } = await open({ username: 'talker' });
  const said = [
    { type: 'sos', active: true, text: 'Help', boot: 'w', seq: 1 },
    { type: 'message', text: 'Found it', boot: 'w', seq: 2, id: 'm' },
    { type: 'reply', to: 'm_1', answer: 'yes', boot: 'w', seq: 3 },
    { type: 'message', text: 'Found it', boot: 'w', seq: 2, id: 'm' },
  ];
  for (const message of said) expect(await client.ask(message)).toMatchObject({ type: 'ack', seq: message.seq });
  const { items } = await api(`/frames?device=${String(welcome.deviceId)}`);
  expect(items).toMatchObject([
    { data: { captureMethod: 'sos', sos: { active: true }, text: 'Help' } },
    { data: { captureMethod: 'message', text: 'Found it', id: 'm' } },
    { data: { captureMethod: 'reply', text: 'yes', to: 'm_1' } },
  ]);
  expect(await hub.event(({ event, id }) => event === 'alert' && String(id).startsWith('sos.'))).toMatchObject({
    severity: 'critical',
  });
  await client.close();
});

test('battery of the last status stands in for frames that say none', async () => {
  const { client, welcome } = await open({ username: 'charger' });
  client.send({ type: 'status', battery: 0.57 });
  await client.ask({ type: 'data', data: {} });
  await client.ask({ type: 'data', data: { battery: 0.2 } });
  const { items } = await api(`/frames?device=${String(welcome.deviceId)}`);
  expect(items).toMatchObject([{ batteryPct: 57 }, { batteryPct: 20 }]);
  await client.close();
});

test('two phones with one id: the third replacing socket in a minute is refused, the one before stays, an alert', async () => {
  const same = { deviceId: 'twin' };
  const sockets = [await open(same), await open(same), await open(same)];
  const last = sockets[2];
  expect((await sockets[0]?.client.closed)?.code).toBe(4001);
  expect((await sockets[1]?.client.closed)?.code).toBe(4001);
  const refused = await open(same);
  expect(refused.welcome).toMatchObject({ type: 'error', code: 'rate_limited' });
  expect(refused.welcome.retryAfterMs).toBeGreaterThan(50_000);
  expect((await refused.client.closed).code).toBe(1013);
  expect(await last?.client.ask({ type: 'data', data: {} })).toMatchObject({ type: 'ack' });
  expect(await hub.event(({ event, id }) => event === 'alert' && String(id).startsWith('fight.'))).toBeTruthy();
  await last?.client.close();
});

test('a flood of nonsense is rate limited like a flood of frames', async () => {
  const { client } = await open({ username: 'noise' });
  for (let at = 0; at < 300; at++) client.send('{');
  await client.until(() => client.received.length >= 301);
  const codes = new Set(client.received.map(({ code }) => code));
  expect(codes).toContain('invalid_json');
  expect(codes).toContain('rate_limited');
  await client.close();
});

test('wrong keys are an alert', async () => {
  for (let at = 0; at < 6; at++) {
    expect((await fetch(`${hub.ready.http}/api/v1/devices?key=wrong-${at}`)).status).toBe(401);
  }
  expect(await hub.event(({ event, id }) => event === 'alert' && String(id).startsWith('wrong-keys.'))).toBeTruthy();
});

test('the certificate as a page: names are text, nothing runs', async () => {
  const { client } = await open({ username: '<script>alert(1)</script>' });
  await client.ask({ type: 'data', data: {} });
  const answer = await fetch(`${hub.ready.http}/api/v1/sessions/latest/certificate?format=html`, {
    headers: { authorization: `Bearer ${hub.ready.viewerKey}` },
  });
  expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  const page = await answer.text();
  expect(page).toContain('&#60;script&#62;');
  expect(page).not.toContain('<script');
  await client.close();
});

test('an SOS holds through a restart, until the phone takes it back', async () => {
  const { client } = await open({ deviceId: 'lost', username: 'lost' });
  await client.ask({ type: 'sos', active: true, boot: 'l', seq: 1 });
  await client.close();
  expect(await hub.stop()).toBe(0);
  hub = await startHubProcess(dataDir);
  const raised = await hub.event(({ event, sentence }) => event === 'alert' && String(sentence).startsWith('lost '));
  expect(raised).toMatchObject({ severity: 'critical' });
});
