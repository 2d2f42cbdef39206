import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWebSocketTransport } from '../../src/renderer/control-room/connect/web-socket-transport';
import { type ContractHub, startContractHub } from '../helpers/contract-hub';
import { WireClient } from '../helpers/wire-client';
import type { ContractHost } from './contract-host';
import { hubContract } from './hub-contract';

let running: ContractHub;
let url: string;

beforeAll(async () => {
  running = await startContractHub();
  url = `${running.ready.http.replace('http', 'ws')}/console`;
});
afterAll(async () => {
  await running.stop();
  expect(running.bugs).toEqual([]);
});

// The control room's own transport: the key goes in the first message, never in a URL.
const host: ContractHost = {
  connect: async (role) => {
    const { adminKey, viewerKey } = running.ready;
    const transport = await openWebSocketTransport(url, role === 'operator' ? adminKey : viewerKey);
    return { transport, dispose: () => Promise.resolve() };
  },
  hasViewers: true,
  chooseSavePath: null,
};

describe('the contract over a WebSocket', () => {
  hubContract(
    (name, run) => test(name, run),
    { hasViewers: true, hasSaveDialog: false },
    () => host,
  );
});

describe('the way in', () => {
  test.each([
    ['a wrong key', () => 'admin-00000000000000000000000000'],
    ['a join key', () => running.ready.joinKey],
  ])('%s in the first message ends in 1008, without a word', async (_, key) => {
    const socket = await WireClient.open(url);
    socket.send({ type: 'handshake', token: key() });
    expect(await socket.closed).toMatchObject({ code: 1008 });
    expect(socket.received).toEqual([]);
  });

  test('a page of somebody else is refused', async () => {
    const open = WireClient.open(url, { headers: { origin: 'https://evil.example' } });
    await expect(open).rejects.toThrow(/403/);
  });
});
