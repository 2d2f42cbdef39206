import { connect as connectTcp } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEYS, openTestLan, type TestLan } from './lan-fixture';
import { connect, knock } from './socket-client';

let test: TestLan;
beforeAll(async () => {
  test = await openTestLan({ timing: { firstMessageMs: 300, wrongKeyDelayMs: 20 } });
});
afterAll(() => test.close());

const handshake = (token: string): string => JSON.stringify({ type: 'handshake', token });

describe('a socket without a key in URL or header', () => {
  it.each([
    ['/pocket-parrot', KEYS.join, 'join'],
    ['/pocket-parrot', KEYS.device, 'device'],
    ['/dashboard', KEYS.viewer, 'viewer'],
    ['/console', KEYS.admin, 'admin'],
  ])('%s opens to a token in the first message', async (path, key, kind) => {
    const client = await connect(test.ws + path);
    client.socket.send(handshake(key));
    expect(JSON.parse(await client.next())).toMatchObject({ opened: path, identity: { kind }, first: handshake(key) });
    client.socket.terminate();
  });

  it('keeps messages that follow the handshake at once, in order', async () => {
    const client = await connect(`${test.ws}/pocket-parrot`);
    client.socket.send(handshake(KEYS.join));
    const following = Array.from({ length: 50 }, (_, index) => `${index}`);
    for (const text of [...following, 'x'.repeat(100_000)]) client.socket.send(text);
    await client.next();
    for (const text of following) expect(await client.next()).toBe(`echo ${text}`);
    expect(await client.next()).toBe(`echo ${'x'.repeat(40)}`);
    client.socket.terminate();
  });

  const refused: Record<string, string | Buffer> = {
    'a frame and no token': '{"type":"data","data":{}}',
    'a wrong token': handshake('wrong'),
    'an empty token': handshake(''),
    'a token that is no string': '{"token":1}',
    'an array': '["token"]',
    'not JSON': 'hello',
    'a viewer key on ingest': handshake(KEYS.viewer),
    'a token of 10,000 characters': handshake('k'.repeat(10_000)),
    'a binary message': Buffer.from(handshake(KEYS.join)),
  };
  it.each(Object.entries(refused))('is closed 1008 after %s, and sent nothing', async (_name, message) => {
    const client = await connect(`${test.ws}/pocket-parrot`);
    client.socket.send(message);
    expect(await client.closed).toEqual({ code: 1008, reason: 'Unauthorized' });
    expect(client.received).toEqual([]);
  });

  it('is closed 1008 when it stays silent', async () => {
    const client = await connect(`${test.ws}/pocket-parrot`);
    expect(await client.closed).toEqual({ code: 1008, reason: 'Unauthorized' });
    expect(client.received).toEqual([]);
  });

  it.each([17 * 1024, 200 * 1024, 9 * 1024 * 1024])('is closed 1009 at a first message of %i bytes', async (size) => {
    const client = await connect(`${test.ws}/pocket-parrot`);
    client.socket.send(JSON.stringify({ token: KEYS.join, padding: 'x'.repeat(size) }));
    expect((await client.closed).code).toBe(1009);
    expect(client.received).toEqual([]);
  });

  it('takes a first message of just under 16 KiB', async () => {
    const client = await connect(`${test.ws}/pocket-parrot`);
    client.socket.send(JSON.stringify({ token: KEYS.join, padding: 'x'.repeat(16_000) }));
    expect(JSON.parse(await client.next())).toMatchObject({ identity: { kind: 'join' } });
    client.socket.terminate();
  });

  it('is closed when it trickles fragments without end', async () => {
    const client = await connect(`${test.ws}/pocket-parrot`);
    client.socket.send('[', { fin: false });
    for (let count = 0; count < 40; count += 1) client.socket.send('1,'.repeat(512), { fin: false });
    expect((await client.closed).code).toBe(1009);
  });

  it('may come 32 times from one address, and again after one left', async () => {
    const limits = await openTestLan();
    const clients = await Promise.all(Array.from({ length: 32 }, () => connect(`${limits.ws}/pocket-parrot`)));
    expect(await knock(`${limits.ws}/pocket-parrot`)).toBe('HTTP 503');
    expect(await knock(`${limits.ws}/pocket-parrot?key=${KEYS.join}`)).toBe('open');
    expect(limits.lan.connections).toBeLessThanOrEqual(1);

    // A socket that shows its key no longer counts among the waiting.
    clients[0]?.socket.send(handshake(KEYS.join));
    await clients[0]?.next();
    expect(await knock(`${limits.ws}/pocket-parrot`)).toBe('open');
    for (const client of clients) client.socket.terminate();
    await limits.close();
  });
});

it('survives a peer that upgrades and resets', async () => {
  for (let count = 0; count < 5; count += 1) {
    await new Promise<void>((resolve) => {
      const socket = connectTcp(test.httpPort, '127.0.0.1', () => {
        socket.write(
          `GET /pocket-parrot?key=${KEYS.join} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
            'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n\xff\xff\xff\xff',
          'latin1',
          () => socket.resetAndDestroy(),
        );
      });
      socket.on('close', () => resolve());
    });
  }
  expect(await knock(`${test.ws}/pocket-parrot?key=${KEYS.join}`)).toBe('open');
});
