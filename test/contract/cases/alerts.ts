import assert from 'node:assert/strict';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTRACT_VERSION } from '../../../src/common/contract/version';
import type { ContractCase } from '../contract-tools';

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
];
