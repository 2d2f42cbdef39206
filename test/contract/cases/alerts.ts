import assert from 'node:assert/strict';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTRACT_VERSION } from '../../../src/common/contract/version';
import { type ContractCase, refusalOf } from '../contract-tools';

/** Runs with a file where the hub keeps its photos: what a failing disk looks like. */
async function withoutMediaFolder(dataFolder: string, run: () => Promise<void>): Promise<void> {
  const media = join(dataFolder, 'media');
  const away = `${media}.away`;
  const wasThere = existsSync(media);
  if (wasThere) renameSync(media, away);
  writeFileSync(media, '');
  try {
    await run();
  } finally {
    rmSync(media);
    if (wasThere) renameSync(away, media);
  }
}

export const alertCases: readonly ContractCase[] = [
  {
    name: 'alert.raised: a phone that said the id of another, with a sentence and a tip, kept for who comes later',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const first = await tools.socket();
      const { deviceId, deviceKey } = await first.ask({
        type: 'handshake',
        deviceId: 'alert-1',
        username: 'alert-ann',
        pair: true,
      });
      await first.ask({ type: 'data', data: {} });
      await first.close();
      const owner = await tools.socket(String(deviceKey));
      assert.equal((await owner.ask({ type: 'handshake', deviceId: 'alert-1' })).deviceId, deviceId);
      const stranger = await tools.socket();
      assert.notEqual((await stranger.ask({ type: 'handshake', deviceId: 'alert-1' })).deviceId, deviceId);
      const alert = await room.event('alert.raised', ({ id }) => id === `claim.${String(deviceId)}`);
      assert.equal(alert.severity, 'warning');
      assert.match(alert.sentence, /alert-ann.*\.$/);
      assert.ok(alert.tip);
      const { alerts } = await (await tools.open()).client.request('live.subscribe', {});
      assert.deepEqual(
        alerts.find(({ id }) => id === alert.id),
        alert,
      );
    },
  },
  {
    name: 'alert.raised: who is renamed or merged is called so in what lasts, and it is the same alert',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const [caller, other] = [await tools.socket(), await tools.socket()];
      const deviceId = String((await caller.ask({ type: 'handshake', username: 'alert-lite' })).deviceId);
      const into = String((await other.ask({ type: 'handshake', username: 'alert-eva' })).deviceId);
      await other.ask({ type: 'data', data: {} });
      await caller.ask({ type: 'sos', active: true, text: 'here' });
      const says = (name: string) =>
        room.event(
          'alert.raised',
          ({ id, sentence }) => id === `sos.${deviceId}` && sentence.startsWith(`${name} calls`),
        );
      const { raisedAtMs } = await says('alert-lite');
      await room.client.request('device.rename', { deviceId, name: 'alert-second' });
      assert.equal((await says('alert-second')).raisedAtMs, raisedAtMs);
      await room.client.request('device.merge', { deviceId, into });
      assert.equal((await says('alert-eva')).raisedAtMs, raisedAtMs);
      await room.client.request('device.rename', { deviceId: into, name: 'Eva' });
      assert.equal((await says('Eva')).sentence, 'Eva calls for help: here');
      await room.client.request('device.unmerge', { deviceId });
      await says('alert-second');
      await caller.ask({ type: 'sos', active: false });
      await room.event('alert.cleared', ({ id }) => id === `sos.${deviceId}`);
    },
  },
  {
    name: 'alert.cleared: the disk works again, and nobody has to say so',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const { dataFolder } = await room.client.request('hub.hello', { contractVersion: CONTRACT_VERSION });
      const phone = await tools.phone('alert-bob');
      const photoBase64 = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 7]).toString('base64');
      await withoutMediaFolder(dataFolder, async () => {
        const answer = await phone.send({ id: 'p1', photoBase64 });
        assert.deepEqual([answer.type, answer.code, answer.received], ['error', 'storage_unavailable', 'p1']);
        const alert = await room.event('alert.raised', ({ id }) => id === 'storage.unavailable');
        assert.equal(alert.severity, 'critical');
      });
      assert.equal((await phone.send({ id: 'p1', photoBase64 })).type, 'ack');
      await room.event('alert.cleared', ({ id }) => id === 'storage.unavailable');
      const { alerts } = await (await tools.open()).client.request('live.subscribe', {});
      assert.ok(!alerts.some(({ id }) => id === 'storage.unavailable'));
    },
  },
  {
    name: 'alert.acknowledge: every control room is told, the carrier who called too; it stays listed; a new call rings again',
    run: async (tools) => {
      const room = await tools.openSubscribed();
      const other = await tools.openSubscribed();
      const phone = await tools.socket();
      const { deviceId } = await phone.ask({ type: 'handshake', username: 'alert-eve', protocol: 1 });
      await phone.ask({ type: 'sos', active: true, text: 'Broken leg' });
      const id = `sos.${String(deviceId)}`;
      const raised = await room.event('alert.raised', (alert) => alert.id === id);
      assert.equal(raised.acknowledged, null);
      const { alert } = await room.client.request('alert.acknowledge', { id });
      assert.ok(alert.acknowledged && alert.acknowledged.atMs >= alert.raisedAtMs);
      assert.deepEqual(await other.event('alert.acknowledged', (seen) => seen.id === id), alert);
      const told = await phone.next();
      assert.equal(told.type, 'message');
      assert.match(String(told.text), /has seen your call/);
      // Seen once is seen: the carrier is not told twice, and the time stays.
      assert.deepEqual((await other.client.request('alert.acknowledge', { id })).alert, alert);
      const { alerts } = await (await tools.open()).client.request('live.subscribe', {});
      assert.deepEqual(
        alerts.find((one) => one.id === id),
        alert,
      );
      const { entries } = await room.client.request('audit.list', { limit: 5 });
      assert.equal(entries.filter(({ action }) => action === 'alert.acknowledged').length, 1);

      assert.equal((await phone.ask({ type: 'sos', active: true, text: 'And cold' })).type, 'ack');
      const again = await other.event('alert.raised', (one) => one.id === id && one.sentence.includes('And cold'));
      assert.equal(again.acknowledged, null);
      await phone.ask({ type: 'sos', active: false });
      await room.event('alert.cleared', (cleared) => cleared.id === id);
      const log = (await room.client.request('alert.log', {})).alerts.filter((one) => one.id === id);
      assert.deepEqual(
        log.map(({ acknowledged, clearedAtMs }) => [acknowledged !== null, clearedAtMs !== null]),
        [
          [false, true],
          [true, true],
        ],
      );
      assert.equal((await refusalOf(room.client.request('alert.acknowledge', { id }))).code, 'not_found');
      await phone.close();
    },
  },
];
