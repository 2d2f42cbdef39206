import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HubProcess, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

let dataDir: string;
let hub: HubProcess;
beforeEach(async () => {
  dataDir = temporaryFolder();
  // Behind a proxy of this machine a caller can come from anywhere.
  hub = await startHubProcess(dataDir, ['--trust-proxy', '127.0.0.1']);
});
afterEach(async () => {
  await hub.stop();
  removeFolder(dataDir);
});

interface Pair {
  readonly deviceId: string;
  readonly deviceKey: string;
}

interface Proof {
  readonly hubId: string;
  readonly proofs: readonly string[];
}

async function pair(deviceId: string): Promise<Pair> {
  const client = await WireClient.open(`${hub.ready.http.replace('http', 'ws')}/pocket-parrot`);
  const handshake = { type: 'handshake', client: 'test', version: '1', token: hub.ready.joinKey, deviceId, pair: true };
  const welcome = await client.ask(handshake);
  await client.ask({ type: 'data', data: { text: 'here' } });
  await client.close();
  return { deviceId: String(welcome.deviceId), deviceKey: String(welcome.deviceKey) };
}

/** Asks as a browser does; `headers` beside. */
async function ask(base: string, device: string, nonce: string, headers: Record<string, string> = {}): Promise<Proof> {
  const response = await fetch(`${base}/ca.proof?device=${device}&nonce=${nonce}`, { headers });
  expect(response.status).toBe(200);
  return (await response.json()) as Proof;
}

/** What a phone expects of its hub at the address it dialled; written from docs/wire-protocol.md, section 2. */
function expected(deviceKey: string, hubId: string, host: string, nonce: string): string {
  const key = createHash('sha256').update(deviceKey).digest();
  return createHmac('sha256', key).update(`perch-proof|${hubId}|${host}|${nonce}`).digest('hex');
}

const newNonce = (): string => randomBytes(32).toString('hex');

test('the hub proves that it knows the hash of a device key, at the address that was dialled, over a restart', async () => {
  const { deviceId, deviceKey } = await pair('phone-1');
  for (let round = 0; round < 2; round += 1) {
    for (const name of ['127.0.0.1', 'localhost']) {
      const base = hub.ready.http.replace('127.0.0.1', name);
      const nonce = newNonce();
      const { hubId, proofs } = await ask(base, deviceId, nonce);
      expect(proofs).toContain(expected(deviceKey, hubId, new URL(base).host, nonce));
      expect(proofs).not.toContain(expected(deviceKey, hubId, new URL(base).host, newNonce()));
    }
    await hub.stop();
    hub = await startHubProcess(dataDir, ['--trust-proxy', '127.0.0.1']);
  }
});

test('an answer looks the same for a device that is not there, and tells nothing of how many keys one has', async () => {
  const { deviceId } = await pair('phone-1');
  const nonce = newNonce();
  const [known, unknown, again] = [
    await ask(hub.ready.http, deviceId, nonce),
    await ask(hub.ready.http, 'd_000000000000', nonce),
    await ask(hub.ready.http, 'd_000000000000', nonce),
  ];
  expect(again).toEqual(unknown);
  expect(Object.keys(unknown)).toEqual(Object.keys(known));
  for (const { hubId, proofs } of [known, unknown]) {
    expect(hubId).toBe(known.hubId);
    expect(proofs).toHaveLength(8);
    expect(new Set(proofs).size).toBe(8);
    expect(proofs).toEqual([...proofs].sort());
    for (const proof of proofs) expect(proof).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(known.proofs.filter((proof) => unknown.proofs.includes(proof))).toEqual([]);
});

test('who passes the question on to the real hub can prove nothing: the address in it is the relay, or the Host is foreign', async () => {
  const { deviceId, deviceKey } = await pair('phone-1');
  for (const hostSent of ['the phone dialled', 'of the real hub'] as const) {
    const relay = await openRelay(hostSent);
    const relayHost = `127.0.0.1:${(relay.address() as AddressInfo).port}`;
    const nonce = newNonce();
    // The relay stands at an address that is not the hub's: the name of another machine, told by its Host header.
    const body = await getText(`http://${relayHost}/ca.proof?device=${deviceId}&nonce=${nonce}`, '192.0.2.66:8080');
    const { hubId } = await ask(hub.ready.http, deviceId, nonce);
    expect(body).not.toContain(expected(deviceKey, hubId, '192.0.2.66:8080', nonce));
    if (hostSent === 'the phone dialled') expect(body).toContain('foreign_host');
    else expect(body).toContain('proofs');
    relay.close();
  }
});

test('a page that came from an address the hub no longer has may read the answer', async () => {
  const origin = 'https://192.168.7.7:8443';
  const url = `${hub.ready.http}/ca.proof?device=d_1&nonce=${newNonce()}`;
  const response = await fetch(url, { headers: { origin } });
  expect(response.headers.get('access-control-allow-origin')).toBe(origin);
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test.each([
  ['nothing', ''],
  ['no device', `nonce=${'ab'.repeat(16)}`],
  ['an empty device', `device=&nonce=${'ab'.repeat(16)}`],
  ['a device too long', `device=${'d'.repeat(65)}&nonce=${'ab'.repeat(16)}`],
  ['two devices', `device=a&device=b&nonce=${'ab'.repeat(16)}`],
  ['no nonce', 'device=d_1'],
  ['a nonce too short to be fresh', `device=d_1&nonce=${'ab'.repeat(15)}`],
  ['a nonce too long', `device=d_1&nonce=${'ab'.repeat(65)}`],
  ['half a byte', `device=d_1&nonce=${'ab'.repeat(16)}a`],
  ['a nonce that is no hex', `device=d_1&nonce=${'zz'.repeat(16)}`],
  ['a nonce with what would end the message', `device=d_1&nonce=${'ab'.repeat(16)}%7C`],
])('%s is refused with a sentence', async (_name, query) => {
  const response = await fetch(`${hub.ready.http}/ca.proof?${query}`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'invalid_params' } });
});

test('who asks for one device after the other is slowed down, and nobody else is', async () => {
  const statuses = async (address: string, count: number): Promise<number[]> => {
    const all: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const url = `${hub.ready.http}/ca.proof?device=d_${index}&nonce=${newNonce()}`;
      all.push((await fetch(url, { headers: { 'x-forwarded-for': address } })).status);
    }
    return all;
  };
  const flood = await statuses('192.168.7.66', 60);
  expect(flood.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 200));
  expect(flood).toContain(429);
  expect(await statuses('192.168.7.67', 3)).toEqual([200, 200, 200]);
});

/** A machine of the attacker's that asks the hub what it is asked itself. */
async function openRelay(hostSent: 'the phone dialled' | 'of the real hub'): Promise<Server> {
  const relay = createServer((request, response) => {
    const host = hostSent === 'the phone dialled' ? (request.headers.host ?? '') : new URL(hub.ready.http).host;
    void getText(`${hub.ready.http}${request.url}`, host).then((text) => response.end(text));
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  return relay;
}

/** With a Host header of our choice, which fetch does not allow. */
function getText(url: string, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { headers: { host }, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    });
    request.on('error', reject);
    request.end();
  });
}

test('of a phone that is not there the same question has the same answer after a restart', async () => {
  const { deviceId } = await pair('phone-1');
  const [port, nonce] = [new URL(hub.ready.http).port, newNonce()];
  const asked = async (): Promise<readonly Proof[]> => [
    await ask(hub.ready.http, 'd_nobody', nonce),
    await ask(hub.ready.http, deviceId, nonce),
  ];
  const before = await asked();
  await hub.stop();
  hub = await startHubProcess(dataDir, ['--trust-proxy', '127.0.0.1', '--port', port, '--tls-port', '0']);
  expect(await asked()).toEqual(before);
});
