import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ExportProgress } from '../../../src/common/contract/schemas';
import type { HubConnection } from '../../../src/common/contract/server';
import type { Session } from '../../../src/common/model/session';
import { Exports } from '../../../src/main/hub/exports';
import type { ConsoleHost } from '../../../src/main/hub/hub';
import type { ExportRow, ReadStore } from '../../../src/main/store';
import { T0 } from './test-clock';

const session: Session = { sessionId: 's1', name: 'Search', startedAtMs: T0, endedAtMs: null, frames: 2, devices: 1 };

const row = (frameId: number): ExportRow => ({
  frameId,
  sessionId: 's1',
  sessionName: 'Search',
  deviceId: 'd1',
  deviceName: 'ann',
  capturedAtMs: null,
  receivedAtMs: T0 + frameId,
  correctedAtMs: null,
  batteryPct: null,
  source: 'perch',
  flags: '',
  body: '{}',
  media: [],
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-exports-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

/** Exports of a log whose second page comes when the test lets it. */
function openExports() {
  let release = (): void => undefined;
  const secondPage = new Promise<void>((resolve) => {
    release = resolve;
  });
  const gate: { isBroken: boolean } = { isBroken: false };
  async function* pages() {
    yield [row(1)];
    await secondPage;
    if (gate.isBroken) throw new Error('disk error');
    yield [row(2)];
  }
  const store = {
    listSessions: () => Promise.resolve([session]),
    exportRows: () => Promise.resolve({ totalFrames: 2, session, pages: pages() }),
  } as unknown as ReadStore;
  const told: ExportProgress[] = [];
  const connection: HubConnection = { emit: (_, payload) => told.push(payload as ExportProgress) };
  const exports = new Exports(store);
  const path = join(folder, 'chosen.csv');
  const host: ConsoleHost = {
    chooseSavePath: () => Promise.resolve(path),
    chooseFolder: () => Promise.resolve(null),
  };
  const start = async (to: 'dialog' | 'download') => {
    const started = await exports.start({ sessionId: 's1', format: 'csv', to }, connection, host);
    if (started.outcome === 'cancelled') throw new Error('nobody cancelled');
    return started;
  };
  return { exports, told, path, start, release, gate };
}

const ticketOf = (path: string): string => path.split('/').at(-1) ?? '';

test('cancelled half way: the partial file goes, the file of before stays', async () => {
  const { exports, told, path, start, release } = openExports();
  writeFileSync(path, 'before');
  const { exportId } = await start('dialog');
  await expect.poll(() => existsSync(`${path}.part`)).toBe(true);
  exports.cancel(exportId);
  release();
  await exports.stop();
  expect(existsSync(`${path}.part`)).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe('before');
  expect(told.map(({ state }) => state).filter((state) => state !== 'running')).toEqual(['cancelled']);
  expect(() => exports.cancel(exportId)).toThrow('That export is over.');
});

test('the hub stops half way: no partial file is left when it has stopped', async () => {
  const { exports, told, path, start, release } = openExports();
  await start('dialog');
  await expect.poll(() => existsSync(`${path}.part`)).toBe(true);
  release();
  await exports.stop();
  expect(existsSync(`${path}.part`)).toBe(false);
  expect(told.at(-1)?.state).not.toBe('running');
});

test('the log cannot be read on: failed, in a sentence', async () => {
  const { told, path, start, release, gate } = openExports();
  gate.isBroken = true;
  await start('dialog');
  release();
  await expect
    .poll(() => told.at(-1))
    .toMatchObject({ state: 'failed', message: 'chosen.csv could not be written: disk error' });
  expect(existsSync(path)).toBe(false);
});

test('a link is good once; done when its last byte was read', async () => {
  const { exports, told, start, release } = openExports();
  const { path } = await start('download');
  const file = await exports.redeem(ticketOf(path));
  expect(await exports.redeem(ticketOf(path))).toBeNull();
  release();
  expect(file).not.toBeNull();
  if (file) expect((await text(file.stream)).split('\r\n')).toHaveLength(4);
  await expect.poll(() => told.at(-1)).toMatchObject({ state: 'done', frames: 2, totalFrames: 2 });
});

test('the browser goes away half way: failed', async () => {
  const { exports, told, start, release } = openExports();
  const { path } = await start('download');
  const file = await exports.redeem(ticketOf(path));
  file?.stream.destroy();
  release();
  await expect
    .poll(() => told.at(-1))
    .toMatchObject({ state: 'failed', message: 'The download stopped before its end.' });
});

test('a link is good for a minute', async () => {
  vi.useFakeTimers();
  const { exports, told, start } = openExports();
  const { path } = await start('download');
  vi.advanceTimersByTime(59_999);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toMatchObject([{ state: 'failed', message: 'The download was not fetched in time.' }]);
  expect(await exports.redeem(ticketOf(path))).toBeNull();
});
