import { afterEach, expect, test } from 'vitest';
import { frameHead, openRaw, type RawSocket } from '../../helpers/raw-socket';
import { BEHIND_PROXY, KEYS, openTestLan, type TestLan } from './lan-fixture';
import { connect, type SocketClient } from './socket-client';

const KIB = 1024;
const MIB = 1024 * KIB;
const TEXT = 0x81;
const filler = Buffer.alloc(8 * MIB, 'x');

let lan: TestLan;
const open: RawSocket[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) one.end();
  await lan.close();
});

const openBudget = async (bytes: number): Promise<void> => {
  lan = await openTestLan({ ...BEHIND_PROXY, messages: { bytes, lookMs: 20, hurryMs: 20 } });
};

interface Who {
  readonly path?: string;
  readonly key?: string | null;
  /** Address of another machine. */
  readonly from?: string;
}

const urlOf = ({ path = '/pocket-parrot', key = KEYS.join }: Who): string =>
  `${lan.ws}${path}${key === null ? '' : `?key=${key}`}`;

/** A socket with so much of a message of 8 MiB. */
async function half(bytes: number, who: Who = {}): Promise<RawSocket> {
  const one = await openRaw(urlOf(who), { 'x-forwarded-for': who.from ?? '127.0.0.1' });
  open.push(one);
  await one.write(Buffer.concat([frameHead(TEXT, 8 * MIB), filler.subarray(0, bytes)]));
  return one;
}

/** A phone that has sent so much of a message, which `finish` makes whole: answered only if nothing was dropped. */
async function phoneWith(bytes: number, from: string): Promise<{ client: SocketClient; finish(): Promise<string> }> {
  const client = await connect(urlOf({}), { headers: { 'x-forwarded-for': from } });
  await client.next();
  if (bytes > 0) client.socket.send(filler.toString('latin1', 0, bytes), { fin: false });
  const finish = (): Promise<string> => {
    client.socket.send('!');
    return client.next();
  };
  return { client, finish };
}

const closeCodes = (sockets: readonly RawSocket[]): Promise<readonly (number | null)[]> =>
  Promise.all(sockets.map(({ closed }) => closed));

test('over the budget sockets are closed with 1013, and who sends whole messages goes on', async () => {
  await openBudget(4 * MIB);
  const phone = await phoneWith(0, '10.0.0.1');
  const hostile = await half(7 * MIB, { from: '10.0.0.2' });
  expect(await hostile.closed).toBe(1013);
  expect(await phone.finish()).toBe('echo !');
  expect(lan.logged.join()).toContain('too many messages are half received');
});

test('within the budget nobody is closed, whatever is half there', async () => {
  await openBudget(4 * MIB);
  await half(2 * MIB, { from: '10.0.0.2' });
  const phone = await phoneWith(MIB, '10.0.0.1');
  expect(await phone.finish()).toContain('echo xxx');
  expect(lan.lan.connections).toBe(2);
  expect(lan.logged.join()).not.toContain('half received');
});

test('who has shown no key goes first, then phones; the operator is the last', async () => {
  await openBudget(3 * MIB);
  const unknown = await half(8 * KIB, { key: null, from: '10.0.0.1' });
  const room = await connect(urlOf({ path: '/console', key: KEYS.admin }));
  await room.next();
  room.socket.send(filler.toString('latin1', 0, 2 * MIB), { fin: false });
  const phone = await half(256 * KIB, { from: '10.0.0.2' });
  // With this one it is too much.
  const other = await half(MIB, { from: '10.0.0.3' });
  expect(await closeCodes([unknown, other])).toEqual([1013, 1013]);
  room.socket.send('!');
  expect(await room.next()).toContain('echo xxx');
  await expect(Promise.race([phone.closed, Promise.resolve('open')])).resolves.toBe('open');
});

test('of the address that holds most in all, however little each of its sockets does', async () => {
  await openBudget(4 * MIB);
  const photo = await phoneWith(MIB, '10.0.0.1');
  const hostile: RawSocket[] = [];
  for (let at = 0; at < 40; at += 1) hostile.push(await half(100 * KIB, { from: '10.0.0.2' }));
  expect(await Promise.race(hostile.map(({ closed }) => closed))).toBe(1013);
  expect(await photo.finish()).toContain('echo xxx');
});

test('one byte of a fragment keeps the whole chunk it came in: it counts as what it keeps', async () => {
  await openBudget(2 * MIB);
  const one = await openRaw(urlOf({}));
  open.push(one);
  // Pongs that nobody asked for (RFC 6455, section 5.5.3): a chunk of them goes by with each byte.
  const pong = Buffer.concat([frameHead(0x8a, 125), filler.subarray(0, 125)]);
  const pongs = Buffer.concat(Array.from({ length: 500 }, () => pong));
  // 64 bytes of a message in all.
  for (let at = 0; at < 64; at += 1) {
    await one.write(Buffer.concat([frameHead(at === 0 ? 0x01 : 0x00, 1), filler.subarray(0, 1), pongs]));
  }
  expect(await one.closed).toBe(1013);
});
