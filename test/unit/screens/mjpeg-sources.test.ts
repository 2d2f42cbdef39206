import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { MjpegSource } from '../../../src/common/model/mjpeg-source';
import { createMjpegSources, type MjpegSources, parseMjpegAddress } from '../../../src/main/screens';
import { type FakeScreenStream, startFakeScreenStream } from '../../helpers/fake-screen-stream';

const JPEG = readFileSync(join(import.meta.dirname, '../../fixtures/photo.jpg'));
/** Tells one picture from the next: bytes after the end of a JPEG belong to nobody. */
const picture = (number: number): Buffer => Buffer.concat([JPEG, Buffer.from([number])]);

const fake = async (...args: Parameters<typeof startFakeScreenStream>): Promise<FakeScreenStream> => {
  const app = await startFakeScreenStream(...args);
  onTestFinished(() => app.stop());
  return app;
};

const pulling = (timing: { readonly stallMs?: number } = {}): MjpegSources => {
  const sources = createMjpegSources({ now: () => Date.now(), timing: { retryMs: 20, timeoutMs: 2_000, ...timing } });
  onTestFinished(() => sources.stop());
  return sources;
};

const at = (port: number, path = '') => {
  const address = parseMjpegAddress(`127.0.0.1:${port}${path}`);
  if (!address) throw new Error('no address');
  return address;
};

/** The view of the only source, once it fits. */
async function until(sources: MjpegSources, fits: (source: MjpegSource) => boolean): Promise<MjpegSource> {
  for (;;) {
    const [source] = sources.list();
    if (source && fits(source)) return source;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const untilReaders = async (app: FakeScreenStream, count: number): Promise<void> => {
  while (app.readers.size !== count) await new Promise((resolve) => setImmediate(resolve));
};

test('the newest picture wins; a reader is never given one it has seen', async () => {
  const app = await fake();
  const sources = pulling();
  const { sourceId } = sources.add({ deviceId: 'd1', address: at(app.port), pin: null });
  await untilReaders(app, 1);
  for (const number of [1, 2, 3]) app.show(picture(number));
  const third = await until(sources, ({ state }) => state === 'live').then(() => sources.frame(sourceId, 2, 2_000));
  expect(third).toMatchObject({ number: 3 });
  expect(third?.jpeg.equals(picture(3))).toBe(true);
  expect(sources.list()).toMatchObject([{ deviceId: 'd1', state: 'live', width: 1200, height: 900, reason: null }]);
  expect(await sources.frame(sourceId, 3, 10)).toBeNull();
  const next = sources.frame(sourceId, 3, 2_000);
  app.show(picture(4));
  expect(await next).toMatchObject({ number: 4 });
});

test('a PIN: asked for, wrong, right', async () => {
  const app = await fake({ pin: '482913' });
  const sources = pulling();
  sources.add({ deviceId: 'd1', address: at(app.port), pin: null });
  await until(sources, ({ state }) => state === 'pin_needed');
  sources.add({ deviceId: 'd1', address: at(app.port), pin: '000000' });
  await until(sources, ({ state }) => state === 'pin_wrong');
  sources.add({ deviceId: 'd1', address: at(app.port), pin: '482913' });
  await untilReaders(app, 1);
  app.show(picture(1));
  await until(sources, ({ state }) => state === 'live');
  expect(sources.list()).toHaveLength(1);
  // The PIN itself never crosses the network.
  expect(app.requests.join(' ')).not.toContain('482913');
});

test('a screen that stands still is stalled, one that goes away comes back by itself', async () => {
  const app = await fake();
  const sources = pulling({ stallMs: 50 });
  sources.add({ deviceId: null, address: at(app.port), pin: null });
  await untilReaders(app, 1);
  app.show(picture(1));
  await until(sources, ({ state }) => state === 'stalled');
  app.show(picture(2));
  await until(sources, ({ state }) => state === 'live');
  app.hangUp();
  await untilReaders(app, 0);
  await untilReaders(app, 1);
  app.show(picture(3));
  await until(sources, ({ state }) => state === 'live');
});

test('one of a device, and it is gone when it is removed', async () => {
  const [first, second] = [await fake(), await fake()];
  const sources = pulling();
  sources.add({ deviceId: 'd1', address: at(first.port), pin: null });
  await untilReaders(first, 1);
  const { sourceId } = sources.add({ deviceId: 'd1', address: at(second.port), pin: null });
  await untilReaders(first, 0);
  await untilReaders(second, 1);
  expect(sources.list()).toHaveLength(1);
  expect(sources.remove(sourceId)).toBe(true);
  await untilReaders(second, 0);
  expect(sources.remove(sourceId)).toBe(false);
});

test.each<[string, Parameters<typeof startFakeScreenStream>[0], RegExp]>([
  [
    'a redirect',
    { answer: (response) => response.writeHead(302, { location: 'http://10.0.0.1/stream.mjpeg' }).end() },
    /elsewhere/,
  ],
  ['a page', { answer: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('hi') }, /no motion/],
  ['a refusal', { answer: (response) => response.writeHead(403).end() }, /answers 403/],
  [
    'compressed pictures',
    {
      answer: (response) =>
        response
          .writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=x', 'content-encoding': 'gzip' })
          .end(),
    },
    /compresses/,
  ],
  [
    'a picture of 9 MiB',
    {
      answer: (response) =>
        response
          .writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=x' })
          .write(`--x\r\nContent-Length: ${9 * 1024 * 1024}\r\n\r\n`),
    },
    /larger than 8 MiB/,
  ],
])('not shown: %s', async (_, behaviour, sentence) => {
  const app = await fake(behaviour);
  const sources = pulling();
  sources.add({ deviceId: null, address: at(app.port), pin: null });
  const { reason } = await until(sources, ({ state }) => state === 'unreachable');
  expect(reason).toMatch(sentence);
});

test('what is no JPEG is never shown', async () => {
  const app = await fake();
  const sources = pulling();
  const { sourceId } = sources.add({ deviceId: null, address: at(app.port), pin: null });
  await untilReaders(app, 1);
  app.show(Buffer.from('<script>alert(1)</script>'));
  app.show(picture(1));
  expect((await sources.frame(sourceId, 0, 2_000))?.jpeg.equals(picture(1))).toBe(true);
});

test('whether an app answers there', async () => {
  const sources = pulling();
  expect(await sources.isScreenStream(at((await fake()).port))).toBe(true);
  expect(await sources.isScreenStream(at((await fake({ pin: '1' })).port))).toBe(true);
  expect(await sources.isScreenStream(at(1))).toBe(false);
});

test('checked once it is connected: an address that leads to another is not read', async () => {
  const app = await fake();
  const sources = pulling();
  // The system takes it for this machine, and says so only when it is connected.
  const address = parseMjpegAddress(`0.0.0.0:${app.port}/stream.mjpeg`);
  if (!address) throw new Error('no address');
  sources.add({ deviceId: null, address, pin: null });
  const { reason } = await until(sources, ({ state }) => state === 'unreachable');
  expect(reason).toMatch(/out of this network/);
});

test('a screen that stands still stays stalled when its phone answers no more', async () => {
  const app = await fake();
  const sources = pulling({ stallMs: 50 });
  sources.add({ deviceId: null, address: at(app.port), pin: null });
  await untilReaders(app, 1);
  app.show(picture(1));
  await until(sources, ({ state }) => state === 'stalled');
  await app.stop();
  const { state } = await until(sources, ({ reason }) => reason !== null);
  expect(state).toBe('stalled');
});
