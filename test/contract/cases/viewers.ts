import assert from 'node:assert/strict';
import { REQUESTS, type RequestName } from '../../../src/common/contract/requests';
import { CONTRACT_VERSION } from '../../../src/common/contract/version';
import { type ContractCase, refusalOf } from '../contract-tools';

/** Where there are viewers: who may look, and only look. */
export const viewerCases: readonly ContractCase[] = [
  {
    name: 'forbidden: a viewer is refused every request of an operator, whatever it passes',
    run: async (tools) => {
      const rpc = await tools.openRaw('viewer');
      const operate = (Object.keys(REQUESTS) as RequestName[]).filter((name) => REQUESTS[name].access === 'operate');
      assert.ok(operate.length > 0);
      for (const name of operate) assert.equal((await refusalOf(rpc.request(name, {}))).code, 'forbidden', name);
    },
  },
  {
    name: 'a viewer sees what an operator sees',
    run: async (tools) => {
      const phone = await tools.phone('view-ann');
      const viewer = await tools.openSubscribed('viewer');
      const { role } = await viewer.client.request('hub.hello', { contractVersion: CONTRACT_VERSION });
      assert.equal(role, 'viewer');
      await phone.send({ gps: { latitude: 1, longitude: 2 } });
      await viewer.event('live.batch', ({ devices }) => devices.some(({ deviceId }) => deviceId === phone.deviceId));
      const { points } = await viewer.client.request('track.get', { deviceId: phone.deviceId, limit: 5 });
      assert.equal(points.length, 1);
      const { sessions } = await viewer.client.request('session.list', {});
      assert.ok(sessions.length > 0);
    },
  },
  {
    name: 'pairing.changed holds the join key: no viewer hears it',
    run: async (tools) => {
      const [viewer, operator] = [await tools.openSubscribed('viewer'), await tools.openSubscribed()];
      const { selectedAddress } = await operator.client.request('pairing.get', {});
      await operator.client.request('pairing.selectAddress', { address: selectedAddress });
      await operator.event('pairing.changed', () => true);
      // Answered after any event that might have been on its way.
      await viewer.client.request('session.list', {});
      assert.deepEqual(viewer.heard('pairing.changed'), []);
    },
  },
];
