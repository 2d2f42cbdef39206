import assert from 'node:assert/strict';
import { CONTRACT_VERSION } from '../../../src/common/contract/version';
import type { ContractCase } from '../contract-tools';

export const helloCases: readonly ContractCase[] = [
  {
    name: 'hub.hello: who answers, and what it can do here',
    run: async (tools) => {
      const { client } = await tools.open();
      const hello = await client.request('hub.hello', { contractVersion: CONTRACT_VERSION });
      assert.equal(hello.contractVersion, CONTRACT_VERSION);
      assert.equal(hello.role, 'operator');
      assert.deepEqual(hello.capabilities, tools.host.chooseSavePath ? ['native.saveDialog'] : []);
      assert.match(hello.version, /^\d+\.\d+\.\d+/);
      assert.ok(hello.hubId.length > 0 && hello.dataFolder.length > 0);
      assert.ok(Math.abs(hello.nowMs - Date.now()) < 60_000, 'the hub tells its own time');
      assert.ok(hello.startedAtMs <= hello.nowMs);
    },
  },
  {
    name: 'hub.hello: a control room of another version is told the version of the hub, so that it can say "reload"',
    run: async (tools) => {
      const { client } = await tools.open();
      const hello = await client.request('hub.hello', { contractVersion: CONTRACT_VERSION + 1 });
      assert.equal(hello.contractVersion, CONTRACT_VERSION);
    },
  },
  {
    name: 'a connection that closed answers nothing more, and says so',
    run: async (tools) => {
      const room = await tools.open();
      await room.client.request('session.list', {});
      room.close();
      await assert.rejects(room.client.request('session.list', {}), { code: 'disconnected' });
    },
  },
];
