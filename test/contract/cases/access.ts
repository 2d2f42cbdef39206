import assert from 'node:assert/strict';
import { type ContractCase, type ContractTools, refusalOf } from '../contract-tools';

/** Lets new phones wait while the case runs. */
async function approvingFirst(tools: ContractTools, run: () => Promise<void>): Promise<void> {
  const { client } = await tools.open();
  assert.equal((await client.request('access.set', { approveFirst: true })).approveFirst, true);
  try {
    await run();
  } finally {
    await client.request('access.set', { approveFirst: false });
  }
}

export const accessCases: readonly ContractCase[] = [
  {
    name: 'access.approve: a new phone stores nothing until the operator lets it in, and is told when they do',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const known = await tools.phone('acc-known');
      await known.send({});
      await approvingFirst(tools, async () => {
        const fresh = await tools.socket();
        const handshake = { type: 'handshake', username: 'acc-new', platform: '<b>iOS</b>', protocol: 1 };
        const welcome = await fresh.ask(handshake);
        assert.equal(welcome.state, 'pending');
        const deviceId = String(welcome.deviceId);
        const refused = await fresh.ask({ type: 'data', data: { id: 7 }, boot: 'b', seq: 1 });
        assert.deepEqual(
          [refused.type, refused.code, refused.retryAfterMs, refused.received, refused.boot, refused.seq],
          ['error', 'pending_approval', 5000, 7, 'b', 1],
        );
        const batch = await fresh.ask({ type: 'batch', boot: 'b', frames: [{ seq: 1, data: {} }] });
        assert.deepEqual(
          [batch.type, batch.code, batch.boot, batch.retryAfterMs],
          ['error', 'pending_approval', 'b', 5000],
        );
        const sos = await fresh.ask({ type: 'sos', active: true, boot: 'b', seq: 2 });
        assert.equal(sos.code, 'pending_approval');
        const calls = 'acc-new at 127.0.0.1 waits to be let in, and calls for help.';
        await room.event('alert.raised', ({ severity, sentence }) => severity === 'critical' && sentence === calls);

        const told = await room.event('access.changed', ({ waiting }) =>
          waiting.some((one) => one.deviceId === deviceId),
        );
        const card = told.waiting.find((one) => one.deviceId === deviceId);
        assert.deepEqual(
          [card?.name, card?.platform, card?.address, card?.isOnline],
          ['acc-new', '<b>iOS</b>', '127.0.0.1', true],
        );
        await room.event('alert.raised', ({ id, sentence }) => id === 'access.waiting' && sentence.includes('acc-new'));
        assert.equal((await room.client.request('device.get', { deviceId })).framesTotal, 0);
        // Who is known goes on.
        assert.equal((await known.send({})).type, 'ack');

        const { waiting } = await room.client.request('access.approve', { deviceId });
        assert.ok(!waiting.some((one) => one.deviceId === deviceId));
        await room.event('alert.cleared', ({ id }) => id === `waiting-sos.${deviceId}`);
        const again = await fresh.next();
        assert.deepEqual([again.type, again.state, again.deviceId], ['welcome', 'active', deviceId]);
        const settled = await fresh.ask({ type: 'batch', boot: 'b', frames: [{ seq: 1, data: {} }] });
        assert.deepEqual([settled.type, settled.stored], ['ack', 1]);
        await room.event('live.batch', ({ devices }) => devices.some((one) => one.deviceId === deviceId));
        await room.event('alert.cleared', ({ id }) => id === 'access.waiting');
        const { custody } = await room.client.request('device.custody', { deviceId });
        assert.deepEqual([custody.stored, custody.refused], [1, {}]);
        assert.equal((await refusalOf(room.client.request('access.approve', { deviceId }))).code, 'conflict');
      });
      const { entries } = await room.client.request('audit.list', { search: 'acc-new', limit: 10 });
      assert.deepEqual(
        entries.map(({ action }) => action),
        ['device.approved'],
      );
    },
  },
  {
    name: 'message.send: nobody who waits to be let in hears the operator; let in, what was written to them comes',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const { client } = room;
      await approvingFirst(tools, async () => {
        const fresh = await tools.socket();
        const welcome = await fresh.ask({ type: 'handshake', username: 'acc-ear', protocol: 1 });
        const deviceId = String(welcome.deviceId);
        await client.request('message.send', { deviceId: null, text: 'Meet at the bridge' });
        const { id, delivered, waiting } = await client.request('message.send', { deviceId, text: 'Who are you?' });
        assert.deepEqual([delivered, waiting], [0, 1]);
        const { profile } = await client.request('profile.get', {});
        await client.request('profile.set', { profile });
        const asked = await refusalOf(client.request('device.request', { deviceId, what: 'photo' }));
        assert.equal(asked.code, 'conflict');
        // What is answered now was said after all of that.
        assert.equal((await fresh.ask({ type: 'ping', t0: 1 })).type, 'pong');
        assert.deepEqual(
          fresh.received.map(({ type }) => type),
          ['welcome', 'pong'],
        );
        await client.request('access.approve', { deviceId });
        await fresh.until(() => fresh.received.length >= 5);
        assert.deepEqual(
          fresh.received.slice(2).map(({ type, id: message }) => [type, message]),
          [
            ['welcome', undefined],
            ['config', undefined],
            ['message', id],
          ],
        );
      });
    },
  },
  {
    name: 'access.deny: closed with 4003, kept out, and gone from those who wait',
    run: async (tools) => {
      const { client } = await tools.open();
      await approvingFirst(tools, async () => {
        const fresh = await tools.socket();
        const { deviceId } = await fresh.ask({ type: 'handshake', deviceId: 'acc-stranger', protocol: 1 });
        const { waiting } = await client.request('access.deny', { deviceId: String(deviceId) });
        assert.ok(!waiting.some((one) => one.deviceId === deviceId));
        assert.equal((await fresh.closed).code, 4003);
        const reason = 'The operator did not let this phone in.';
        assert.deepEqual(fresh.received.at(-1), { type: 'kicked', reason, code: 'declined' });
        const back = await tools.socket();
        back.send({ type: 'handshake', deviceId: 'acc-stranger' });
        assert.equal((await back.closed).code, 4003);
        assert.deepEqual((await client.request('access.get', {})).waiting, []);
      });
    },
  },
  {
    name: 'access: HTTP and native apps are answered 403 pending_approval, and are on the list',
    run: async (tools) => {
      const { client } = await tools.open();
      const http = await tools.http();
      const { joinUrl } = await client.request('pairing.get', {});
      const key = new URLSearchParams(new URL(joinUrl).hash.slice(1)).get('k');
      await approvingFirst(tools, async () => {
        const frames = await fetch(`${http}/api/v1/frames?deviceId=acc-http&key=${key}`, {
          method: 'POST',
          body: JSON.stringify({ boot: 'b', frames: [{ seq: 1, data: {} }] }),
        });
        const app = await fetch(`${http}/osmand?id=acc-app&lat=1&lon=2&timestamp=1&key=${key}`);
        for (const answer of [frames, app]) {
          assert.equal(answer.status, 403);
          assert.equal(answer.headers.get('retry-after'), '5');
          const { error } = (await answer.json()) as { error: { code: string } };
          assert.equal(error.code, 'pending_approval');
        }
        const { waiting } = await client.request('access.get', {});
        const asked = waiting.filter(({ isOnline }) => !isOnline);
        assert.equal(asked.length, 2);
        for (const { deviceId } of asked) await client.request('access.approve', { deviceId });
        const again = await fetch(`${http}/osmand?id=acc-app&lat=1&lon=2&timestamp=1&key=${key}`);
        assert.equal(again.status, 200);
      });
    },
  },
];
