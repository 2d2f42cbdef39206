import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startFakeScreenStream } from '../../helpers/fake-screen-stream';
import { type ContractCase, refusalOf } from '../contract-tools';

const JPEG = readFileSync(join(import.meta.dirname, '../../fixtures/photo.jpg'));

export const mjpegCases: readonly ContractCase[] = [
  {
    name: 'mjpeg.add: the hub pulls a screen, tells how it goes, and gives its newest picture',
    run: async (tools) => {
      const app = await startFakeScreenStream({ pin: '4711' });
      tools.closeLater(() => app.stop());
      const room = await tools.openSubscribed();
      const { client } = room;
      const address = `127.0.0.1:${app.port}`;
      await client.request('mjpeg.add', { deviceId: null, address, pin: null });
      await room.event('mjpeg.changed', ({ sources }) => sources.some(({ state }) => state === 'pin_needed'));
      const { source } = await client.request('mjpeg.add', { deviceId: null, address, pin: '4711' });
      const { sourceId } = source;
      while (app.readers.size === 0) await new Promise((resolve) => setImmediate(resolve));
      app.show(JPEG);
      const { frame } = await client.request('mjpeg.frame', { sourceId, after: 0 });
      assert.ok(Buffer.from(frame?.jpeg ?? '', 'base64').equals(JPEG));
      const live = await room.event('mjpeg.changed', ({ sources }) => sources.some(({ state }) => state === 'live'));
      assert.deepEqual(
        live.sources.map((one) => [one.address, one.width]),
        [[address, 1200]],
      );
      // A phone that serves nothing adds nothing.
      const phone = await tools.phone('mjpeg-ann');
      await phone.send({});
      assert.equal((await client.request('mjpeg.find', {})).sources.length, 1);
      await client.request('mjpeg.remove', { sourceId });
      assert.deepEqual((await client.request('mjpeg.list', {})).sources, []);
    },
  },
  {
    name: 'mjpeg.add: what is no address, no phone or no source',
    run: async (tools) => {
      const { client } = await tools.open();
      const add = (deviceId: string | null, address: string | null) =>
        refusalOf(client.request('mjpeg.add', { deviceId, address, pin: null }));
      assert.equal((await add(null, 'https://example.com')).code, 'invalid_params');
      assert.equal((await add(null, null)).code, 'invalid_params');
      assert.equal((await add('dev_none', null)).code, 'not_found');
      assert.equal((await refusalOf(client.request('mjpeg.remove', { sourceId: 'x' }))).code, 'not_found');
      assert.deepEqual(await client.request('mjpeg.frame', { sourceId: 'x', after: 0 }), { frame: null });
    },
  },
];
