import { expect, test } from 'vitest';
import { createHubClient } from '../../../../src/common/contract/client';
import { HubError } from '../../../../src/common/contract/errors';
import { type RequestHandlers, serveHub } from '../../../../src/common/contract/server';
import { createMemoryTransports } from '../../../../src/common/rpc/memory-transport';

function connect(handlers: Partial<RequestHandlers>) {
  const [near, far] = createMemoryTransports();
  const bugs: unknown[] = [];
  const connection = serveHub(far, 'operator', handlers as RequestHandlers, (error) => bugs.push(error));
  return { client: createHubClient(near), connection, bugs, far };
}

test('a handler gets checked and trimmed parameters', async () => {
  const asked: unknown[] = [];
  const { client } = connect({
    'session.rename': (params) => {
      asked.push(params);
      throw new HubError('not_found', 'There is no such session.');
    },
  });
  const sent = { sessionId: 's', name: '  Search 1 ', more: true };
  await expect(client.request('session.rename', sent)).rejects.toMatchObject({ code: 'not_found' });
  expect(asked).toEqual([{ sessionId: 's', name: 'Search 1' }]);
});

test('an answer that breaks the contract is caught where it arrives', async () => {
  const { client } = connect({ 'session.list': () => ({ sessions: [{ sessionId: 5 }] }) as never });
  await expect(client.request('session.list', {})).rejects.toThrow('sessionId');
});

test('events: each to its own listeners until they leave; names of the prototype are none', async () => {
  const { client, connection, far } = connect({ 'export.cancel': () => ({}) });
  const heard: string[] = [];
  const stop = client.on('alert.cleared', ({ id }) => heard.push(id));
  client.on('alert.raised', () => heard.push('raised'));
  far.send('{"kind":"event","name":"toString","payload":{}}');
  connection.emit('alert.cleared', { id: 'a' });
  await client.request('export.cancel', { exportId: 'x' });
  stop();
  connection.emit('alert.cleared', { id: 'b' });
  await client.request('export.cancel', { exportId: 'x' });
  expect(heard).toEqual(['a']);
});
