import assert from 'node:assert/strict';
import type { ContractCase } from '../contract-tools';

export const doctorCases: readonly ContractCase[] = [
  {
    name: 'doctor.run: every rung once, each told by doctor.progress as it ends',
    run: async (tools) => {
      const room = await tools.open();
      const { checks } = await room.client.request('doctor.run', {});
      const ids = checks.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length);
      for (const id of ['network', 'address', 'ports', 'plain', 'firewall', 'arrived', 'disk', 'clock', 'sleep']) {
        assert.ok(ids.includes(id), id);
      }
      for (const { sentence } of checks) assert.notEqual(sentence, '');
      const last = checks.at(-1);
      assert.deepEqual(await room.event('doctor.progress', ({ id }) => id === last?.id), last);
    },
  },
];
