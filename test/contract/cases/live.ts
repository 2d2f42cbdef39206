import assert from 'node:assert/strict';
import type { LiveDevice } from '../../../src/common/model/live-device';
import type { ContractCase } from '../contract-tools';
import type { Room } from '../room';

/** The newest state of a device that the events of this room told. */
const newest = (room: Room, deviceId: string): LiveDevice | undefined =>
  room
    .heard('live.batch')
    .flatMap(({ devices }) => devices)
    .findLast((device) => device.deviceId === deviceId);

export const liveCases: readonly ContractCase[] = [
  {
    name: 'live.batch: the newest of a device, and every frame counted once',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const phone = await tools.phone('live-ann');
      for (let index = 1; index <= 30; index++) {
        await phone.send({ gps: { latitude: index, longitude: -index, heading: 90 }, battery: 0.5 });
      }
      const device = await room.until('the last frame', () => {
        const found = newest(room, phone.deviceId);
        return found?.frames === 30 ? found : undefined;
      });
      assert.equal(device.name, 'live-ann');
      assert.equal(device.isOnline, true);
      assert.equal(device.batteryPct, 50);
      assert.deepEqual(
        { latitude: device.position?.value.latitude, longitude: device.position?.value.longitude },
        { latitude: 30, longitude: -30 },
      );
      const batches = room.heard('live.batch');
      assert.equal(
        batches.reduce((sum, { mergedFrames }) => sum + mergedFrames, 0),
        30,
      );
      for (const [index, { nowMs }] of batches.entries()) {
        const before = batches[index - 1];
        // A timer may be a few milliseconds early against the clock.
        assert.ok(!before || nowMs - before.nowMs >= 90, 'at most 10 a second');
      }
    },
  },
  {
    name: 'live.subscribe: the state the events build on',
    run: async (tools) => {
      const phone = await tools.phone('live-bob');
      await phone.send({ gps: { latitude: 5, longitude: 6 } });
      const { client } = await tools.open();
      const { devices, session } = await client.request('live.subscribe', {});
      const device = devices.find(({ deviceId }) => deviceId === phone.deviceId);
      assert.equal(device?.position?.value.latitude, 5);
      assert.equal(session.endedAtMs, null);
      assert.ok(session.frames >= 1);
      const names = devices.map(({ name }) => name);
      assert.deepEqual(
        names,
        names.toSorted((a, b) => a.localeCompare(b)),
      );
    },
  },
  {
    name: 'events begin with live.subscribe: who did not ask hears nothing',
    run: async (tools) => {
      const [silent, subscribed] = [await tools.open(), await tools.openSubscribed()];
      const phone = await tools.phone('live-cat');
      await phone.send({});
      await subscribed.until('the frame', () => newest(subscribed, phone.deviceId));
      // Answered after any event that might have been on its way.
      await silent.client.request('session.list', {});
      assert.deepEqual(silent.heard('live.batch'), []);
    },
  },
  {
    name: 'live.batch: a phone that leaves goes offline, and off the list when it stored nothing',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const [stays, goes] = [await tools.phone('live-dan'), await tools.phone('live-eve')];
      await stays.send({});
      await room.until('both', () => newest(room, stays.deviceId) && newest(room, goes.deviceId));
      await Promise.all([stays.client.close(), goes.client.close()]);
      await room.event('live.batch', ({ removed }) => removed.includes(goes.deviceId));
      await room.until('offline', () => newest(room, stays.deviceId)?.isOnline === false || undefined);
      const { devices } = await room.client.request('live.subscribe', {});
      assert.ok(!devices.some(({ deviceId }) => deviceId === goes.deviceId));
    },
  },
];
