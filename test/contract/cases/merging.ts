import assert from 'node:assert/strict';
import { type ContractCase, type ContractTools, refusalOf } from '../contract-tools';

/** A phone with a key of its own that takes messages, and one frame of it in the log. */
async function walker(tools: ContractTools, username: string) {
  const client = await tools.socket();
  const said = { type: 'handshake', username, deviceId: `x-${username}`, protocol: 1, pair: true };
  const welcome = await client.ask(said);
  await client.ask({ type: 'data', data: { timestamp: Date.now(), text: username } });
  return { client, deviceId: String(welcome.deviceId), key: String(welcome.deviceKey) };
}

export const mergingCases: readonly ContractCase[] = [
  {
    name: 'device.merge: one entry from then on, of both; device.unmerge: two again; both in the audit log',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const [stays, goes] = [await walker(tools, 'mer-ann'), await walker(tools, 'mer-lite')];
      const ids = { deviceId: goes.deviceId, into: stays.deviceId };
      assert.equal((await room.client.request('device.merge', ids)).device.deviceId, stays.deviceId);
      await room.event('live.batch', ({ removed }) => removed.includes(goes.deviceId));
      await goes.client.ask({ type: 'data', data: { timestamp: Date.now(), gps: { latitude: 47, longitude: 8 } } });
      const { devices } = await room.event('live.batch', (batch) =>
        batch.devices.some(({ deviceId, position }) => deviceId === stays.deviceId && position?.value.latitude === 47),
      );
      const shown = devices.find(({ deviceId }) => deviceId === stays.deviceId);
      assert.deepEqual([shown?.name, shown?.merged, shown?.frames], ['mer-ann', [goes.deviceId], 3]);

      for (const deviceId of Object.values(ids)) {
        const { device, merged, framesTotal } = await room.client.request('device.get', { deviceId });
        assert.deepEqual([device.deviceId, framesTotal], [stays.deviceId, 3]);
        assert.deepEqual(
          merged.map(({ deviceId: id, name, mergedInto }) => [id, name, mergedInto]),
          [[goes.deviceId, 'mer-lite', stays.deviceId]],
        );
        const { custody } = await room.client.request('device.custody', { deviceId });
        assert.deepEqual([custody.deviceId, custody.merged, custody.stored], [stays.deviceId, [goes.deviceId], 3]);
        const { points } = await room.client.request('track.get', { deviceId, limit: 10 });
        assert.deepEqual(points.length, 1);
      }
      const listed = (await room.client.request('device.list', {})).devices;
      assert.deepEqual(
        listed.filter(({ name }) => name.startsWith('mer-')).map(({ deviceId, isOnline }) => [deviceId, isOnline]),
        [[stays.deviceId, true]],
      );

      await room.client.request('device.unmerge', { deviceId: goes.deviceId });
      const after = await room.client.request('live.subscribe', {});
      const frames = (id: string) => after.devices.find(({ deviceId }) => deviceId === id)?.frames;
      assert.deepEqual([frames(stays.deviceId), frames(goes.deviceId)], [1, 2]);
      for (const deviceId of Object.values(ids)) {
        const { entries } = await room.client.request('audit.list', { deviceId, limit: 10 });
        const other = deviceId === stays.deviceId ? goes.deviceId : stays.deviceId;
        assert.deepEqual(
          entries.map(({ action, detail }) => [action, detail.includes(other)]),
          [
            ['device.unmerged', true],
            ['device.merged', true],
          ],
        );
      }
    },
  },
  {
    name: 'device.merge: refused for nobody, oneself, who is merged already; a chain goes to its survivor, and all follow',
    run: async (tools) => {
      const { client } = await tools.open();
      const [a, b, c] = [await walker(tools, 'mer-a'), await walker(tools, 'mer-b'), await walker(tools, 'mer-c')];
      const merge = (from: string, into: string) => client.request('device.merge', { deviceId: from, into });
      const code = async (answer: Promise<unknown>): Promise<string> => (await refusalOf(answer)).code;
      assert.equal(await code(merge('d_none', a.deviceId)), 'not_found');
      assert.equal(await code(merge(a.deviceId, 'd_none')), 'not_found');
      assert.equal(await code(merge(a.deviceId, a.deviceId)), 'conflict');
      assert.equal(await code(client.request('device.unmerge', { deviceId: 'd_none' })), 'not_found');
      assert.equal(await code(client.request('device.unmerge', { deviceId: a.deviceId })), 'conflict');

      await merge(b.deviceId, a.deviceId);
      assert.equal(await code(merge(a.deviceId, b.deviceId)), 'conflict');
      assert.equal(await code(merge(b.deviceId, c.deviceId)), 'conflict');
      // Into one that is merged: into who that is shown as.
      assert.equal((await merge(c.deviceId, b.deviceId)).device.deviceId, a.deviceId);
      const mergedIds = async (deviceId: string) =>
        (await client.request('device.get', { deviceId })).merged.map((one) => one.deviceId).sort();
      assert.deepEqual(await mergedIds(a.deviceId), [b.deviceId, c.deviceId].sort());

      await client.request('device.unmerge', { deviceId: c.deviceId });
      // Who was merged before follows, and stays when that is undone.
      await merge(a.deviceId, c.deviceId);
      assert.deepEqual(await mergedIds(b.deviceId), [a.deviceId, b.deviceId].sort());
      await client.request('device.unmerge', { deviceId: a.deviceId });
      assert.deepEqual(await mergedIds(a.deviceId), [b.deviceId]);
      assert.deepEqual(await mergedIds(c.deviceId), []);
    },
  },
  {
    name: 'merged: requests, messages and a kick reach whichever phone is connected; name and note are the survivor’s',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const [stays, goes] = [await walker(tools, 'mer-home'), await walker(tools, 'mer-away')];
      await room.client.request('device.merge', { deviceId: goes.deviceId, into: stays.deviceId });
      await stays.client.close();
      const { id } = await room.client.request('device.request', { deviceId: stays.deviceId, what: 'check-in' });
      assert.deepEqual(await goes.client.next(), { type: 'request', id, what: 'check-in' });
      await goes.client.ask({ type: 'reply', to: id, answer: 'here', boot: 'r', seq: 1 });
      assert.equal((await room.event('message.received', ({ to }) => to === id)).deviceId, stays.deviceId);

      const sent = await room.client.request('message.send', { deviceId: stays.deviceId, text: 'Come back' });
      assert.deepEqual([sent.delivered, sent.waiting], [1, 0]);
      const message = { type: 'message', id: sent.id, text: 'Come back' };
      assert.deepEqual(await goes.client.next(), message);
      // Read on one phone, it does not come again on the other.
      goes.client.send({ type: 'read', to: sent.id });
      assert.equal((await room.event('message.received', ({ to }) => to === sent.id)).deviceId, stays.deviceId);
      const again = await tools.socket(stays.key);
      await again.ask({ type: 'handshake', protocol: 1 });
      await again.ask({ type: 'ping', t0: 1 });

      const { device } = await room.client.request('device.rename', { deviceId: goes.deviceId, name: 'Team 9' });
      assert.deepEqual([device.deviceId, device.name], [stays.deviceId, 'Team 9']);
      await room.client.request('device.kick', { deviceId: goes.deviceId, reason: 'enough' });
      assert.deepEqual([(await goes.client.closed).code, (await again.closed).code], [4003, 4003]);
    },
  },
  {
    name: 'merged: device.revoke and device.readmit are of both; device.erase erases both',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const [stays, goes] = [await walker(tools, 'mer-old'), await walker(tools, 'mer-new')];
      await room.client.request('device.merge', { deviceId: goes.deviceId, into: stays.deviceId });
      await room.client.request('device.revoke', { deviceId: stays.deviceId });
      assert.deepEqual([(await stays.client.closed).code, (await goes.client.closed).code], [4003, 4003]);
      await room.event('live.batch', ({ devices }) =>
        devices.some(({ deviceId, isRevoked }) => deviceId === stays.deviceId && isRevoked),
      );
      await room.client.request('device.readmit', { deviceId: goes.deviceId });
      const { device, merged } = await room.client.request('device.get', { deviceId: stays.deviceId });
      assert.deepEqual([device.access, merged[0]?.access], ['approved', 'approved']);

      const { sessionId } = await room.client.request('device.custody', { deviceId: stays.deviceId });
      const gone = await room.client.request('device.erase', { deviceId: goes.deviceId, name: 'mer-old' });
      assert.deepEqual(gone, { frames: 2, mediaFiles: 0, recordings: 0 });
      await room.event('live.batch', ({ removed }) => removed.includes(stays.deviceId));
      const after = JSON.stringify(await room.client.request('device.get', { deviceId: stays.deviceId }));
      assert.ok(!after.includes('mer-'), after);
      const { certificate } = await room.client.request('session.certificate', { sessionId });
      const counts = certificate.devices.find(({ deviceId }) => deviceId === stays.deviceId);
      assert.deepEqual([counts?.merged, counts?.stored, counts?.erased], [[goes.deviceId], 0, 2]);
      for (const { deviceId } of [stays, goes]) {
        const { entries } = await room.client.request('audit.list', { deviceId, limit: 20 });
        assert.ok(!JSON.stringify(entries).includes('mer-'));
      }
    },
  },
];
