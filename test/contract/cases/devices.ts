import assert from 'node:assert/strict';
import type { ContractCase } from '../contract-tools';

export const deviceCases: readonly ContractCase[] = [
  {
    name: 'device.get: what the hub knows of a phone, before and after its first frame',
    run: async (tools) => {
      const { client } = await tools.open();
      const phone = await tools.phone('dev-ann');
      const { deviceId } = phone;
      const before = await client.request('device.get', { deviceId });
      assert.equal(before.framesTotal, 0);
      await phone.send({});
      await phone.send({});
      const { device, framesTotal } = await client.request('device.get', { deviceId });
      assert.equal(framesTotal, 2);
      assert.deepEqual(
        { name: device.name, identity: device.identity, username: device.username, isClaimed: device.isClaimed },
        { name: 'dev-ann', identity: 'username', username: 'dev-ann', isClaimed: false },
      );
    },
  },
  {
    name: 'device.rename: everywhere, trimmed, and seen in live.batch',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const phone = await tools.phone('dev-bob');
      const { deviceId } = phone;
      await phone.send({});
      const { device } = await room.client.request('device.rename', { deviceId, name: '  Team 7 ' });
      assert.equal(device.name, 'Team 7');
      await room.event('live.batch', ({ devices }) =>
        devices.some((one) => one.deviceId === deviceId && one.name === 'Team 7'),
      );
      assert.equal((await room.client.request('device.get', { deviceId })).device.name, 'Team 7');
      await phone.client.close();
      await room.event('live.batch', ({ devices }) =>
        devices.some((one) => one.deviceId === deviceId && !one.isOnline),
      );
      // The phone says its own name again, and that is not a new one.
      assert.equal((await tools.phone('dev-bob')).deviceId, deviceId);
      assert.equal((await room.client.request('device.get', { deviceId })).device.name, 'Team 7');
    },
  },
  {
    name: 'track.get: positions of the current session, oldest first, thinned to the limit with the newest kept',
    run: async (tools) => {
      const { client } = await tools.open();
      const phone = await tools.phone('dev-cat');
      const { deviceId } = phone;
      assert.deepEqual(await client.request('track.get', { deviceId, limit: 10 }), { points: [] });
      const startMs = Date.now() - 60_000;
      for (let index = 0; index < 20; index++) {
        await phone.send({ timestamp: startMs + index * 1_000, gps: { latitude: index, longitude: 7 } });
        await phone.send({ timestamp: startMs + index * 1_000, orientation: { alpha: 1 } });
      }
      const all = await client.request('track.get', { deviceId, limit: 5_000 });
      assert.deepEqual(
        all.points,
        Array.from({ length: 20 }, (_, index) => ({ latitude: index, longitude: 7, atMs: startMs + index * 1_000 })),
      );
      const { points } = await client.request('track.get', { deviceId, limit: 5 });
      assert.ok(points.length >= 2 && points.length <= 5, `${points.length} points`);
      assert.deepEqual(points.at(-1), all.points.at(-1));
      assert.deepEqual(
        points,
        points.toSorted((a, b) => a.atMs - b.atMs),
      );
    },
  },
];
