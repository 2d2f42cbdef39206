import assert from 'node:assert/strict';
import type { ContractCase } from '../contract-tools';

export const pairingCases: readonly ContractCase[] = [
  {
    name: 'pairing.get: the code holds the best address, and the key in its fragment',
    run: async (tools) => {
      const pairing = await (await tools.open()).client.request('pairing.get', {});
      const join = new URL(pairing.joinUrl);
      assert.equal(join.pathname, '/join');
      assert.equal(join.host, `${pairing.selectedAddress}:${pairing.httpPort}`);
      assert.match(join.hash, /^#k=join-[0-9a-z]{26}$/);
      assert.equal(pairing.choices[0]?.address, pairing.selectedAddress);
      const scores = pairing.choices.map(({ score }) => score);
      assert.deepEqual(
        scores,
        scores.toSorted((a, b) => b - a),
      );
    },
  },
  {
    name: 'pairing.newCode: becomes the join key once, and every operator is told when it is used',
    run: async (tools) => {
      const [mine, other] = [await tools.openSubscribed(), await tools.openSubscribed()];
      const { code, joinUrl } = await mine.client.request('pairing.newCode', {});
      assert.match(code?.code ?? '', /^[A-Z3-9]{8}$/);
      assert.match(code?.joinUrl ?? '', /\/join#c=[A-Z3-9]{8}$/);
      await other.event('pairing.changed', (pairing) => pairing.code?.code === code?.code);
      const http = await tools.http();
      const join = (): Promise<Response> =>
        fetch(`${http}/join`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ code: code?.code }),
        });
      const answer = await join();
      assert.deepEqual([answer.status, await answer.json()], [200, { key: joinUrl.split('#k=')[1] }]);
      await other.until('pairing.changed', () =>
        other.heard('pairing.changed').at(-1)?.code === null ? true : undefined,
      );
      assert.equal((await join()).status, 401);
    },
  },
  {
    name: 'pairing.selectAddress: in the code at once, and told to every operator by pairing.changed',
    run: async (tools) => {
      const [mine, other] = [await tools.openSubscribed(), await tools.openSubscribed()];
      const { choices } = await mine.client.request('pairing.get', {});
      const last = choices.at(-1);
      assert.ok(last);
      const chosen = await mine.client.request('pairing.selectAddress', { address: last.address });
      assert.equal(chosen.selectedAddress, last.address);
      assert.equal(chosen.joinUrl, last.joinUrl);
      const told = await other.event('pairing.changed', ({ selectedAddress }) => selectedAddress === last.address);
      assert.deepEqual(told, chosen);
      assert.deepEqual(await other.client.request('pairing.get', {}), chosen);
    },
  },
];
