import { readFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { BEHIND_PROXY, KEYS, openTestLan, type TestLan } from './lan-fixture';
import { connect, knock, type SocketClient } from './socket-client';

let test: TestLan;
afterEach(() => test.close());

const ingest = (): string => `${test.ws}/pocket-parrot?key=${KEYS.join}`;
const room = (): string => `${test.ws}/console?key=${KEYS.admin}`;

async function opened(url: string, headers: Record<string, string> = {}): Promise<SocketClient> {
  const client = await connect(url, { headers });
  await client.next();
  return client;
}

describe('size', () => {
  it('closes 1009 at a message over the limit, and not at one on it', async () => {
    test = await openTestLan({ maxMessageBytes: 100_000 });
    const client = await opened(ingest());
    client.socket.send('x'.repeat(100_000));
    expect(await client.next()).toContain('echo');
    client.socket.send('x'.repeat(100_001));
    expect((await client.closed).code).toBe(1009);
  });

  it('closes 1009 at a 9 MiB message by default', async () => {
    test = await openTestLan();
    const client = await opened(ingest());
    client.socket.send('x'.repeat(9 * 1024 * 1024));
    expect((await client.closed).code).toBe(1009);
  });

  it('agrees to no compression', async () => {
    test = await openTestLan();
    const client = await connect(ingest(), { perMessageDeflate: true });
    expect(client.socket.extensions).toBe('');
  });
});

describe('heartbeat', () => {
  it('terminates a silent peer and keeps one that answers', async () => {
    test = await openTestLan({ timing: { heartbeatMs: 150 } });
    const silent = await connect(ingest(), { autoPong: false });
    const alive = await opened(ingest());
    expect((await silent.closed).code).toBe(1006);
    await expect.poll(() => test.lan.connections).toBe(1);
    alive.socket.send('still here');
    expect(await alive.next()).toBe('echo still here');
  });

  it('terminates a peer that sends but answers no ping', async () => {
    test = await openTestLan({ timing: { heartbeatMs: 150 } });
    const client = await connect(ingest(), { autoPong: false });
    const sending = setInterval(() => client.socket.send('hello'), 10);
    expect((await client.closed).code).toBe(1006);
    clearInterval(sending);
  });

  it.each([false, true])('waits for one long message over a slow link (TLS: %s)', async (isTls) => {
    test = await openTestLan({ timing: { heartbeatMs: 150 }, tlsPort: 0 });
    const ca = await readFile(join(test.dataDir, 'tls', 'ca.pem'));
    const base = isTls ? `${test.https?.replace('http', 'ws')}` : test.ws;
    const client = await connect(`${base}/pocket-parrot?key=${KEYS.join}`, { autoPong: false, ca });
    await client.next();
    client.socket.send('slow ', { fin: false });
    for (let beat = 0; beat < 4; beat += 1) {
      await new Promise((resolve) => client.socket.once('ping', resolve));
      client.socket.send('slow ', { fin: false });
    }
    client.socket.send('done');
    expect(await client.next()).toContain('echo slow slow');
    client.socket.terminate();
  });
});

describe('places', () => {
  it('turns away 1013 beyond the limit, keeps 16 for the operator, and frees a place on close', async () => {
    test = await openTestLan({ maxConnections: 3 });
    const clients = await Promise.all([1, 2, 3].map(() => opened(ingest())));
    const fourth = await connect(ingest());
    expect((await fourth.closed).code).toBe(1013);
    expect(fourth.received).toEqual([]);

    await Promise.all(Array.from({ length: 16 }, () => opened(room())));
    expect((await (await connect(room())).closed).code).toBe(1013);
    expect(test.lan.connections).toBe(19);

    for (const client of clients) client.socket.close();
    await expect.poll(() => test.lan.connections).toBe(16);
  });

  it('gives an address 200 places, and this machine as many as there are', async () => {
    test = await openTestLan({ ...BEHIND_PROXY, maxConnections: 1000 });
    const headers = { 'x-forwarded-for': '192.168.7.7' };
    await Promise.all(Array.from({ length: 200 }, () => opened(ingest(), headers)));
    expect((await (await connect(ingest(), { headers })).closed).code).toBe(1013);
    await opened(ingest(), { 'x-forwarded-for': '192.168.7.8' });
    await Promise.all(Array.from({ length: 205 }, () => opened(ingest())));
  });
});

describe('shutdown', () => {
  it('says goodbye to all, closes 1001, and refuses what comes after', async () => {
    test = await openTestLan({ timing: { closeMs: 200 } });
    const client = await opened(ingest());
    const waiting = await connect(`${test.ws}/pocket-parrot`);
    const kept = await fetch(`${test.http}/health`);
    expect(kept.status).toBe(200);

    test.lan.stopAccepting();
    client.socket.send('last words');
    expect(await client.next()).toBe('echo last words');
    await expect(fetch(`${test.http}/health`)).rejects.toThrow();
    expect(await knock(ingest())).toContain('ECONNREFUSED');

    await test.lan.shutdownSockets('{"type":"server_shutdown"}');
    expect(await client.next()).toBe('{"type":"server_shutdown"}');
    expect((await client.closed).code).toBe(1001);
    expect((await waiting.closed).code).toBe(1001);
    expect(waiting.received).toEqual([]);
    expect(test.lan.connections).toBe(0);
  });

  it('ends a peer that does not close', async () => {
    test = await openTestLan({ timing: { closeMs: 100 } });
    const deaf = await opened(ingest());
    deaf.socket.pause();
    const startedAt = performance.now();
    await test.lan.shutdownSockets('{}');
    expect(performance.now() - startedAt).toBeLessThan(1500);
    deaf.socket.terminate();
  });

  it('closes with requests and handshakes half-way', async () => {
    test = await openTestLan({ tlsPort: 0 });
    const half = httpsRequest(`${test.https}/health`, { method: 'POST', rejectUnauthorized: false });
    half.on('error', () => undefined);
    half.write('{');
    const bare = connectTls({ port: test.tlsPort ?? 0, host: '127.0.0.1', rejectUnauthorized: false });
    bare.on('error', () => undefined);
    await new Promise((resolve) => bare.once('secureConnect', resolve));
    await test.lan.close();
    await test.lan.close();
    await expect(fetch(`${test.http}/health`)).rejects.toThrow();
  });
});

describe('wrong keys', () => {
  it('slow their address down and are reported, while right ones pass', async () => {
    test = await openTestLan();
    const counts: number[] = [];
    test.lan.onWrongKey((address, count) => {
      expect(address).toBe('127.0.0.1');
      counts.push(count);
    });
    const wrong = `${test.ws}/pocket-parrot?key=wrong`;
    for (let count = 0; count < 5; count += 1) await knock(wrong);
    const startedAt = performance.now();
    const held = knock(wrong);
    expect(await Promise.race([held, knock(ingest())])).toBe('open');
    expect(await held).toBe('HTTP 401');
    expect(performance.now() - startedAt).toBeGreaterThan(240);
    expect(counts).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('are held back 32 at once, the rest answered at once, all with 401; a right key passes all the while', async () => {
    test = await openTestLan({ timing: { wrongKeyDelayMs: 500 } });
    const wrong = Array.from({ length: 60 }, () => knock(`${test.ws}/pocket-parrot?key=wrong`));
    await Promise.all(wrong.slice(0, 5));
    expect(await knock(ingest())).toBe('open');
    const { status } = await fetch(`${test.http}/api/v1/frames`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEYS.join}` },
    });
    expect(status).not.toBe(429);
    expect(new Set(await Promise.all(wrong))).toEqual(new Set(['HTTP 401']));
  });
});
