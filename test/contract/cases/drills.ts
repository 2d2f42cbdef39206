import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { CONTRACT_VERSION } from '../../../src/common/contract/version';
import { type ContractCase, refusalOf } from '../contract-tools';

const ORDER = {
  mode: 'phones',
  phones: 3,
  rateHz: 10,
  seconds: 2,
  photos: 1,
  loss: 0,
  reconnectEveryS: null,
} as const;

export const drillCases: readonly ContractCase[] = [
  {
    name: 'drill.start: simulated phones, a sentence at the end, and not a frame of it in the session',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const { dataFolder } = await room.client.request('hub.hello', { contractVersion: CONTRACT_VERSION });
      const before = await room.client.request('live.subscribe', {});
      const { drill } = await room.client.request('drill.start', ORDER);
      assert.deepEqual([drill.mode, drill.state, drill.phones], ['phones', 'starting', 3]);
      assert.equal((await refusalOf(room.client.request('drill.start', ORDER))).code, 'conflict');
      const { drillId } = drill;
      const running = await room.event('drill.progress', (one) => one.drillId === drillId && one.acked > 0);
      assert.equal(running.state, 'running');
      assert.ok(running.connected > 0 && running.p99Ms !== null);
      const done = await room.event('drill.progress', (one) => one.drillId === drillId && one.sentence !== null);
      assert.equal(done.state, 'done');
      assert.match(done.sentence ?? '', /^The hub took all 60 frames from 3 phones in .+3 with a photo\.$/);
      assert.deepEqual((await room.client.request('drill.get', {})).drill, done);
      const after = await room.client.request('live.subscribe', {});
      assert.deepEqual(after.session, before.session);
      assert.deepEqual(
        after.devices.map(({ deviceId }) => deviceId),
        before.devices.map(({ deviceId }) => deviceId),
      );
      assert.deepEqual(
        readdirSync(dataFolder).filter((name) => name.startsWith('drill-')),
        [],
      );
    },
  },
  {
    name: 'drill.stop: a search for the capacity ends early, with what was held so far',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      assert.equal((await refusalOf(room.client.request('drill.stop', {}))).code, 'conflict');
      const { drill } = await room.client.request('drill.start', { mode: 'capacity', rateHz: 1 });
      const { drillId } = drill;
      await room.event('drill.progress', (one) => one.drillId === drillId && one.acked > 0);
      assert.equal((await room.client.request('drill.stop', {})).drill.state, 'stopping');
      const over = await room.event('drill.progress', (one) => one.drillId === drillId && one.sentence !== null);
      assert.deepEqual([over.state, over.sentence], ['stopped', 'Nothing was tried.']);
    },
  },
  {
    name: 'drill.start: no phones, too many, too fast: refused',
    run: async (tools) => {
      const { client } = await tools.open();
      for (const wrong of [{ phones: 0 }, { phones: 5001 }, { rateHz: 0 }, { rateHz: 21 }, { loss: 1 }]) {
        const refusal = await refusalOf(client.request('drill.start', { ...ORDER, ...wrong }));
        assert.equal(refusal.code, 'invalid_params');
      }
    },
  },
];
