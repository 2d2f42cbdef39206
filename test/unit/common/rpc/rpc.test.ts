import { expect, test } from 'vitest';
import { createRpcClient, RpcError } from '../../../../src/common/rpc/client';
import { parseEnvelope } from '../../../../src/common/rpc/envelope';
import { createMemoryTransports } from '../../../../src/common/rpc/memory-transport';
import { createRpcServer, type RpcAnswer } from '../../../../src/common/rpc/server';

type Answer = (name: string, params: unknown) => Promise<RpcAnswer>;

function connect(answer: Answer) {
  const [near, far] = createMemoryTransports();
  const bugs: string[] = [];
  const server = createRpcServer(far, answer, (error, name) => bugs.push(`${name}: ${String(error)}`));
  return { near, far, bugs, server, client: createRpcClient(near) };
}

const echo: Answer = (name, params) => Promise.resolve({ kind: 'result', result: { name, params } });

test('a request is answered with its result', async () => {
  const { client } = connect(echo);
  await expect(client.request('a.b', { c: [1, null] })).resolves.toEqual({ name: 'a.b', params: { c: [1, null] } });
});

test('answers out of order reach those who asked', async () => {
  const ready = new Map<string, () => void>();
  const { client } = connect(async (name) => {
    await new Promise<void>((resolve) => ready.set(name, resolve));
    return { kind: 'result', result: name };
  });
  const answered: string[] = [];
  const asked = ['first', 'second', 'third'].map(async (name) => {
    answered.push((await client.request(name, {})) as string);
  });
  await expect.poll(() => ready.size).toBe(3);
  for (const name of ['third', 'first', 'second']) {
    ready.get(name)?.();
    await expect.poll(() => answered.at(-1)).toBe(name);
  }
  await Promise.all(asked);
});

test('a refusal arrives with code and message', async () => {
  const { client, bugs } = connect(() =>
    Promise.resolve({ kind: 'error', code: 'not_found', message: 'No such thing.' }),
  );
  const error = await client.request('x', {}).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(RpcError);
  expect(error).toMatchObject({ code: 'not_found', message: 'No such thing.' });
  expect(bugs).toEqual([]);
});

test('a bug is told to the log and answered as internal, without its details', async () => {
  const { client, bugs } = connect(() => Promise.reject(new TypeError('secret path')));
  const error = await client.request('x', {}).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'internal' });
  expect(String(error)).not.toContain('secret');
  expect(bugs).toEqual(['x: TypeError: secret path']);
});

test.each(['near', 'far'] as const)(
  'when the %s end closes, what waits is rejected, and what comes later too',
  async (end) => {
    const { client, ...ends } = connect(() => new Promise(() => undefined));
    const pending = [client.request('a', {}), client.request('b', {})].map((one) =>
      one.catch((reason: unknown) => reason),
    );
    ends[end].close();
    for (const one of pending) expect(await one).toMatchObject({ name: 'RpcError', code: 'disconnected' });
    await expect(client.request('c', {})).rejects.toMatchObject({ code: 'disconnected' });
  },
);

test('events arrive in order, at every listener, and not as answers', async () => {
  const { client, server } = connect(echo);
  const heard: unknown[] = [];
  client.onEvent((name, payload) => heard.push([name, payload]));
  client.onEvent((name) => heard.push(name));
  server.emit('one', { n: 1 });
  server.emit('two', null);
  await client.request('x', {});
  expect(heard).toEqual([['one', { n: 1 }], 'one', ['two', null], 'two']);
});

test('what is no envelope is ignored by both ends', async () => {
  const { client, near, far } = connect(echo);
  for (const end of [near, far])
    for (const text of ['', 'junk', '[]', '{"kind":"result","id":1}x', '{"kind":"request"}']) end.send(text);
  far.send(JSON.stringify({ kind: 'result', id: 77, result: 'nobody asked' }));
  await expect(client.request('still', {})).resolves.toEqual({ name: 'still', params: {} });
});

test.each([
  ['{"kind":"request","id":1,"name":"a"}', true],
  ['{"kind":"result","id":1}', true],
  ['{"kind":"error","id":1,"code":"c","message":"m"}', true],
  ['{"kind":"event","name":"e"}', true],
  ['{"kind":"request","id":"1","name":"a"}', false],
  ['{"kind":"request","id":1.5,"name":"a"}', false],
  ['{"kind":"request","id":1}', false],
  ['{"kind":"error","id":1,"code":"c"}', false],
  ['{"kind":"event"}', false],
  ['{"kind":"toString"}', false],
  ['null', false],
  ['{', false],
])('envelope %s: %s', (text, isOne) => {
  expect(parseEnvelope(text)).toEqual(isOne ? JSON.parse(text) : null);
});

test('memory transport: nothing is lost before there is a listener, nothing arrives after close', async () => {
  const [near, far] = createMemoryTransports();
  near.send('early');
  await Promise.resolve();
  const heard: string[] = [];
  far.onMessage((text) => heard.push(text));
  let closes = 0;
  far.onClose(() => {
    closes += 1;
  });
  near.send('late');
  near.close();
  near.send('after');
  near.close();
  await expect.poll(() => closes).toBe(1);
  expect(heard).toEqual(['early', 'late']);
  let isTold = false;
  near.onClose(() => {
    isTold = true;
  });
  expect(isTold).toBe(true);
});
