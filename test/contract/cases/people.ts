import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTRACT_VERSION } from '../../../src/common/contract/version';
import { WireClient } from '../../helpers/wire-client';
import { type ContractCase, type ContractTools, refusalOf } from '../contract-tools';

/** A phone with a key of its own. */
async function paired(tools: ContractTools, deviceId: string, more: object = {}) {
  const client = await tools.socket();
  const welcome = await client.ask({ type: 'handshake', deviceId, protocol: 1, pair: true, ...more });
  await client.ask({ type: 'data', data: {} });
  return { client, deviceId: String(welcome.deviceId), key: String(welcome.deviceKey) };
}

export const peopleCases: readonly ContractCase[] = [
  {
    name: 'device.setColour: the operator before the carrier, the carrier before the hub; seen in live.batch',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const { client, deviceId } = await paired(tools, 'peo-colour', { colour: 7 });
      const shows = (colour: number) =>
        room.event('live.batch', ({ devices }) =>
          devices.some((one) => one.deviceId === deviceId && one.colour === colour),
        );
      await shows(7);
      assert.equal((await room.client.request('device.setColour', { deviceId, colour: 3 })).device.colour, 3);
      await shows(3);
      await client.close();
      const { device } = await room.client.request('device.setColour', { deviceId, colour: null });
      assert.deepEqual([device.colour, device.saidColour], [null, 7]);
    },
  },
  {
    name: 'device.setNote: kept, trimmed, seen in live.batch',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const { deviceId } = await paired(tools, 'peo-note');
      await room.client.request('device.setNote', { deviceId, note: ' Knows first aid\nRadio 7 ' });
      await room.event('live.batch', ({ devices }) =>
        devices.some((one) => one.deviceId === deviceId && one.note === 'Knows first aid\nRadio 7'),
      );
      const { device } = await room.client.request('device.get', { deviceId });
      assert.equal(device.note, 'Knows first aid\nRadio 7');
    },
  },
  {
    name: 'device.revoke: its keys are dead at once, its data stays; device.readmit: the same device again',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const { client, deviceId, key } = await paired(tools, 'peo-lost');
      const url = `${(await tools.http()).replace('http', 'ws')}/pocket-parrot?key=`;
      await room.client.request('device.revoke', { deviceId });
      assert.equal((await client.closed).code, 4003);
      assert.equal(client.received.at(-1)?.code, 'revoked');
      await assert.rejects(WireClient.open(`${url}${key}`), /401/);
      await room.event('live.batch', ({ devices }) =>
        devices.some((one) => one.deviceId === deviceId && one.isRevoked && !one.isOnline),
      );
      assert.equal((await room.client.request('device.get', { deviceId })).framesTotal, 1);

      const other = await tools.socket();
      const stranger = await other.ask({ type: 'handshake', deviceId: 'peo-lost' });
      assert.equal(stranger.type, 'welcome');
      assert.notEqual(stranger.deviceId, deviceId);
      await other.close();

      const { device } = await room.client.request('device.readmit', { deviceId });
      assert.deepEqual([device.access, device.isClaimed], ['approved', false]);
      const again = await paired(tools, 'peo-lost');
      assert.equal(again.deviceId, deviceId);
      assert.notEqual(again.key, key);
      assert.equal((await refusalOf(room.client.request('device.readmit', { deviceId }))).code, 'conflict');
      await assert.rejects(WireClient.open(`${url}${key}`), /401/);
      const { entries } = await room.client.request('audit.list', { deviceId, limit: 10 });
      assert.ok(!JSON.stringify(entries).includes(key));
      assert.deepEqual(
        entries.map(({ action }) => action).filter((action) => action !== 'claim.refused'),
        ['device.readmitted', 'device.revoked'],
      );
    },
  },
  {
    name: 'device.erase: frames, photo and name are gone over all sessions; the certificate says so; nothing comes again',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const { client, deviceId, key } = await paired(tools, 'peo-gone', { username: 'Greta Gone' });
      const other = await tools.phone('peo-stays');
      const shared = Buffer.from('shared between two').toString('base64');
      const own = Buffer.from('only of one person').toString('base64');
      await client.ask({ type: 'batch', boot: 'b', frames: [{ seq: 1, data: { photoBase64: own } }] });
      await client.ask({
        type: 'batch',
        boot: 'b',
        frames: [{ seq: 2, data: { photoBase64: shared, text: 'hello' } }],
      });
      await other.send({ photoBase64: shared });
      const { sessionId } = await room.client.request('device.custody', { deviceId });

      const wrong = room.client.request('device.erase', { deviceId, name: 'Greta' });
      assert.equal((await refusalOf(wrong)).code, 'conflict');
      const gone = await room.client.request('device.erase', { deviceId, name: 'Greta Gone' });
      assert.deepEqual(gone, { frames: 3, mediaFiles: 1, recordings: 0 });
      assert.equal((await client.closed).code, 4003);
      assert.equal(client.received.at(-1)?.code, 'erased');
      await room.event('live.batch', ({ removed }) => removed.includes(deviceId));

      const { device, framesTotal } = await room.client.request('device.get', { deviceId });
      assert.equal(framesTotal, 0);
      assert.ok(!JSON.stringify(device).includes('Greta') && device.lastAddress === null);
      const { certificate } = await room.client.request('session.certificate', { sessionId });
      const counts = certificate.devices.find((one) => one.deviceId === deviceId);
      assert.deepEqual([counts?.name, counts?.stored, counts?.erased, counts?.missing], ['Erased person', 0, 3, 0]);
      assert.equal((await room.client.request('device.get', { deviceId: other.deviceId })).framesTotal, 1);
      const { entries } = await room.client.request('audit.list', { deviceId, limit: 10 });
      assert.match(entries[0]?.detail ?? '', /3 frames, 1 media file, 0 rec/);
      assert.ok(!JSON.stringify(entries).includes('Greta'));
      assert.ok(!JSON.stringify(await room.client.request('audit.list', { limit: 200 })).includes(key));
    },
  },
  {
    name: 'device.erase: the name is gone from the keys and from the alerts that were, and the rest of them is not',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const { client } = room;
      const { keys } = await client.request('key.makePersonal', { names: ['Hanna Badge', 'Ivo Badge'] });
      const deviceId = keys[0]?.info.deviceId ?? '';
      await client.request('access.set', { approveFirst: true });
      const fresh = await tools.socket();
      const { deviceId: waiting } = await fresh.ask({ type: 'handshake', username: 'Hanna Waits' });
      await fresh.ask({ type: 'sos', active: true });
      await room.event('alert.raised', ({ sentence }) => sentence === 'Hanna Waits waits to be let in.');
      await client.request('access.approve', { deviceId: String(waiting) });
      await client.request('access.set', { approveFirst: false });
      await fresh.ask({ type: 'data', data: {} });
      await client.request('device.rename', { deviceId: String(waiting), name: 'Hanna' });

      await client.request('device.erase', { deviceId, name: 'Hanna Badge' });
      await client.request('device.erase', { deviceId: String(waiting), name: 'Hanna' });
      const { alerts } = await client.request('alert.log', {});
      assert.ok(!JSON.stringify(alerts).includes('Hanna'));
      const list = (await client.request('key.list', {})).keys;
      assert.deepEqual(
        list.filter(({ name, deviceId: of }) => of === deviceId || name === 'Ivo Badge').map(({ name }) => name),
        ['Erased person', 'Ivo Badge'],
      );
      const { dataFolder } = await client.request('hub.hello', { contractVersion: CONTRACT_VERSION });
      // On the desktop they are sealed.
      const file = join(dataFolder, 'keys.json');
      assert.ok(!existsSync(file) || !readFileSync(file, 'utf8').includes('Hanna'));
    },
  },
];
