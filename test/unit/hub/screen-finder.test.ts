import { expect, onTestFinished, test } from 'vitest';
import { ScreenFinder } from '../../../src/main/hub/screen-finder';
import { createMjpegSources, type MjpegSources } from '../../../src/main/screens';
import { type FakeScreenStream, startFakeScreenStream } from '../../helpers/fake-screen-stream';

/** A phone whose address may change, and a hub that may be started again with what was saved. */
async function stage(pin?: string) {
  const app: FakeScreenStream = await startFakeScreenStream(pin === undefined ? {} : { pin });
  onTestFinished(() => app.stop());
  const phone = { device: { deviceId: 'd1', lastAddress: '127.0.0.1' }, live: 1 };
  const settings: Record<string, string> = {};
  const open = (isWatched = true): { finder: ScreenFinder; mjpeg: MjpegSources } => {
    const mjpeg = createMjpegSources({ now: () => Date.now(), timing: { retryMs: 20, timeoutMs: 2_000 } });
    const finder = new ScreenFinder(settings, {
      mjpeg,
      devices: {
        get: (deviceId: string) => (deviceId === 'd1' ? phone : null),
        list: () => [phone],
      } as unknown as ConstructorParameters<typeof ScreenFinder>[1]['devices'],
      store: {
        saveSetting: (name: string, value: string) => {
          settings[name] = value;
          return Promise.resolve();
        },
      },
      port: app.port,
      isWatched: () => isWatched,
      onBug: (error) => {
        throw error;
      },
    });
    onTestFinished(() => {
      finder.stop();
      mjpeg.stop();
    });
    return { finder, mjpeg };
  };
  return { app, phone, open };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

test('a phone that comes is asked while a control room is open; what was removed stays away until it is looked for', async () => {
  const { app, open } = await stage();
  const { finder, mjpeg } = open();
  finder.came('d1');
  await until(() => app.readers.size === 1);
  const [source] = mjpeg.list();
  expect(source).toMatchObject({ deviceId: 'd1', address: `127.0.0.1:${app.port}` });
  expect(finder.remove(source?.sourceId ?? '')).toBe(true);
  finder.came('d1');
  expect(mjpeg.list()).toEqual([]);
  await finder.find();
  expect(mjpeg.list()).toHaveLength(1);
});

test('a phone at another address is followed there, with its PIN', async () => {
  const { app, phone, open } = await stage('4711');
  const { finder, mjpeg } = open(false);
  phone.device.lastAddress = '127.0.0.9';
  finder.add('d1', { host: '127.0.0.9', port: app.port, path: null }, '4711');
  phone.device.lastAddress = '127.0.0.1';
  finder.came('d1');
  await until(() => app.readers.size === 1);
  expect(mjpeg.list()).toMatchObject([{ address: `127.0.0.1:${app.port}` }]);
});

test('screens and their PINs outlast a restart', async () => {
  const { app, open } = await stage('4711');
  const first = open(false);
  first.finder.add(null, { host: '127.0.0.1', port: app.port, path: null }, '4711');
  await until(() => app.readers.size === 1);
  first.mjpeg.stop();
  await until(() => app.readers.size === 0);
  const second = open(false);
  await until(() => app.readers.size === 1);
  expect(second.mjpeg.list()).toMatchObject([{ deviceId: null }]);
});
