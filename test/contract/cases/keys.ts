import assert from 'node:assert/strict';
import type { RequestResult } from '../../../src/common/contract/requests';
import { type ContractCase, type ContractTools, refusalOf } from '../contract-tools';

const listed = async (tools: ContractTools): Promise<RequestResult<'key.list'>> =>
  (await tools.open()).client.request('key.list', {});

export const keyCases: readonly ContractCase[] = [
  {
    name: 'key.list: one join, viewer and admin key each, and no key in it',
    run: async (tools) => {
      const answer = await listed(tools);
      assert.deepEqual(
        answer.keys.slice(0, 3).map(({ kind, name }) => [kind, name]),
        [
          ['join', null],
          ['viewer', null],
          ['admin', null],
        ],
      );
      assert.doesNotMatch(JSON.stringify(answer), /-[0-9a-z]{26}/);
    },
  },
  {
    name: 'key.show: the key and the link that holds it in the fragment; not_found',
    run: async (tools) => {
      const { client } = await tools.open();
      for (const { keyId, kind } of (await listed(tools)).keys.slice(0, 3)) {
        const { key, link } = await client.request('key.show', { keyId });
        const { pathname, hash } = new URL(link);
        assert.deepEqual([pathname, hash], [kind === 'join' ? '/join' : '/room', `#k=${key}`]);
      }
      assert.equal((await refusalOf(client.request('key.show', { keyId: 'none' }))).code, 'not_found');
    },
  },
  {
    name: 'key.rotate: the old join key is refused, its phones are cut off, those with a key of their own stay',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const { joinUrl } = await room.client.request('pairing.get', {});
      const old = new URLSearchParams(new URL(joinUrl).hash.slice(1)).get('k') ?? '';
      const guest = await tools.phone('rotate-guest');
      const paired = await tools.socket();
      const { deviceId } = await paired.ask({ type: 'handshake', username: 'rotate-paired', pair: true });
      const { dependents } = await room.client.request('key.list', {});
      assert.ok(dependents.includes('rotate-guest'));
      assert.ok(!dependents.includes('rotate-paired'));
      const { key, info } = await room.client.request('key.rotate', { kind: 'join' });
      assert.equal((await guest.client.closed).code, 1008);
      assert.equal((await paired.ask({ type: 'data', data: {} })).type, 'ack');
      await assert.rejects(tools.socket(old), /401/);
      const told = await room.event('pairing.changed', ({ joinUrl: url }) => url.endsWith(`#k=${key}`));
      assert.deepEqual(await room.client.request('pairing.get', {}), told);
      await room.event('key.changed', ({ keys }) => keys[0]?.keyId === info.keyId);
      const again = await tools.socket();
      assert.notEqual((await again.ask({ type: 'handshake', username: 'rotate-new' })).deviceId, deviceId);
    },
  },
  {
    name: 'key.makePersonal: the first phone that uses it is that person, and none other; key.revoke ends it',
    run: async (tools) => {
      const room = await tools.open();
      const { keys } = await room.client.request('key.makePersonal', { names: ['  Ann Badge ', 'Ben Badge'] });
      assert.deepEqual(
        keys.map(({ info }) => [info.kind, info.name, info.lastUsedAtMs]),
        [
          ['personal', 'Ann Badge', null],
          ['personal', 'Ben Badge', null],
        ],
      );
      const [ann] = keys;
      assert.ok(ann);
      const phone = await tools.socket(ann.key);
      assert.equal((await phone.ask({ type: 'handshake', client: 'test' })).deviceId, ann.info.deviceId);
      const { device } = await room.client.request('device.get', { deviceId: ann.info.deviceId ?? '' });
      assert.deepEqual([device.name, device.isClaimed], ['Ann Badge', false]);
      const used = (await listed(tools)).keys.find(({ keyId }) => keyId === ann.info.keyId);
      assert.ok(used?.lastUsedAtMs !== null);
      await room.client.request('key.revoke', { keyId: ann.info.keyId });
      assert.equal((await phone.closed).code, 1008);
      await assert.rejects(tools.socket(ann.key), /401/);
      const again = room.client.request('key.revoke', { keyId: ann.info.keyId });
      assert.equal((await refusalOf(again)).code, 'not_found');
    },
  },
  {
    name: 'key.makePersonal: once that phone has come with its own key, another with the badge is a new person, and an alert',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const { keys } = await room.client.request('key.makePersonal', { names: ['Cho Badge'] });
      const [{ key, info } = { key: '', info: { deviceId: null } }] = keys;
      const owner = await tools.socket(key);
      const first = await owner.ask({ type: 'handshake', deviceId: 'cho-phone', pair: true });
      assert.equal(first.deviceId, info.deviceId);
      await owner.close();
      // The answer with the key may have been lost: until it was used, the badge is that person, in this phone or the next.
      const retry = await tools.socket(key);
      assert.equal((await retry.ask({ type: 'handshake', deviceId: 'cho-phone' })).deviceId, info.deviceId);
      await retry.close();
      const own = await tools.socket(String(first.deviceKey));
      assert.equal((await own.ask({ type: 'handshake', deviceId: 'cho-phone' })).deviceId, info.deviceId);
      await own.ask({ type: 'data', data: {} });

      const copyist = await tools.socket(key);
      const second = await copyist.ask({
        type: 'handshake',
        deviceId: 'copied',
        username: 'Mallory',
        pair: true,
        protocol: 1,
      });
      assert.notEqual(second.deviceId, info.deviceId);
      await room.event(
        'alert.raised',
        ({ id, sentence }) => id === `claim.${info.deviceId}` && /said it is Cho Badge/.test(sentence),
      );
      // The real phone was not pushed out, renamed or given away.
      assert.equal((await own.ask({ type: 'data', data: {} })).type, 'ack');
      const { device } = await room.client.request('device.get', { deviceId: info.deviceId ?? '' });
      assert.deepEqual([device.name, device.externalId], ['Cho Badge', 'cho-phone']);
      const withItsKey = await tools.socket(String(second.deviceKey));
      assert.equal((await withItsKey.ask({ type: 'handshake' })).deviceId, second.deviceId);

      const http = await tools.http();
      const app = await fetch(`${http}/osmand?id=cho-app&lat=1&lon=2&timestamp=1&key=${key}`);
      assert.equal(app.status, 200);
      assert.equal((await room.client.request('device.get', { deviceId: info.deviceId ?? '' })).framesTotal, 2);
      // Its own phone may scan it again.
      await own.close();
      const rescanned = await tools.socket(key);
      assert.equal((await rescanned.ask({ type: 'handshake', deviceId: 'cho-phone' })).deviceId, info.deviceId);
    },
  },
  {
    name: 'key.makePersonal: names are names',
    run: async (tools) => {
      const { client } = await tools.open();
      for (const names of [[], [''], ['   '], ['a\u0007b'], ['a\u202Eb'], ['x'.repeat(65)], new Array(201).fill('x')]) {
        const refusal = await refusalOf(client.request('key.makePersonal', { names }));
        assert.equal(refusal.code, 'invalid_params', JSON.stringify(names).slice(0, 40));
      }
    },
  },
  {
    name: 'key.makeViewer: ends when it says, opens what viewers may see; the keys every hub has can not be revoked',
    run: async (tools) => {
      const { client } = await tools.open();
      const { key, info } = await client.request('key.makeViewer', { name: 'Tablet', hours: 8 });
      assert.equal((info.expiresAtMs ?? 0) - (info.createdAtMs ?? 0), 8 * 3_600_000);
      const read = async (): Promise<number> =>
        (await fetch(`${await tools.http()}/api/v1/devices`, { headers: { authorization: `Bearer ${key}` } })).status;
      assert.equal(await read(), 200);
      await client.request('key.revoke', { keyId: info.keyId });
      assert.equal(await read(), 401);
      const [join] = (await listed(tools)).keys;
      assert.equal((await refusalOf(client.request('key.revoke', { keyId: join?.keyId ?? '' }))).code, 'conflict');
    },
  },
  {
    name: 'wifi.set: kept until it is forgotten',
    run: async (tools) => {
      const { client } = await tools.open();
      const wifi = { ssid: 'Field;1', password: 'p:w', isHidden: true };
      await client.request('wifi.set', { wifi });
      assert.deepEqual(await client.request('wifi.get', {}), { wifi });
      await client.request('wifi.set', { wifi: null });
      assert.deepEqual(await client.request('wifi.get', {}), { wifi: null });
    },
  },
];
