import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { type ContractCase, type ContractTools, refusalOf } from '../contract-tools';
import type { Room } from '../room';

/** A session of its own with these latitudes from one phone. */
async function record(tools: ContractTools, room: Room, name: string, latitudes: readonly number[]): Promise<string> {
  const { session } = await room.client.request('session.start', { name });
  const phone = await tools.phone(`exp-${name}`);
  for (const latitude of latitudes) await phone.send({ gps: { latitude, longitude: 8.5 }, text: `at "${latitude}",` });
  return session.sessionId;
}

/** What a CSV says, in the order of its rows. */
function read(csv: string): ReadonlyArray<Readonly<Record<string, string>>> {
  return parse(csv, { columns: true, record_delimiter: '\r\n' });
}

function assertRows(csv: string, name: string, latitudes: readonly number[]): void {
  const rows = read(csv);
  assert.deepEqual(
    rows.map((row) => [row.latitude_deg, row.longitude_deg, row.text, row.session_name, row.device_name]),
    latitudes.map((latitude) => [String(latitude), '8.5', `at "${latitude}",`, name, `exp-${name}`]),
  );
}

const finished = (room: Room, exportId: string) =>
  room.event('export.progress', (progress) => progress.exportId === exportId && progress.state !== 'running');

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'perch-export-'));
  try {
    await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const downloadCases: readonly ContractCase[] = [
  {
    name: 'export.start, download: a link good once, with exactly what was sent, and progress to its end',
    run: async (tools) => {
      const [room, other] = [await tools.open(), await tools.openSubscribed()];
      const latitudes = [47.6112, 47.61, -0.5];
      const sessionId = await record(tools, room, 'download', latitudes);
      const started = await room.client.request('export.start', { sessionId, format: 'csv', to: 'download' });
      assert.equal(started.outcome, 'download');
      assert.match(started.fileName, /\.csv$/);
      const url = `${await tools.http()}${started.path}`;
      const response = await fetch(url);
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-disposition') ?? '', /^attachment; filename="/);
      const csv = await response.text();
      assertRows(csv, 'download', latitudes);
      const { state, frames, totalFrames, path, bytes } = await finished(room, started.exportId);
      assert.deepEqual({ state, frames, totalFrames, path }, { state: 'done', frames: 3, totalFrames: 3, path: null });
      assert.equal(bytes, Buffer.byteLength(csv));
      assert.equal((await fetch(url)).status, 404);
      assert.equal(
        (await refusalOf(room.client.request('export.cancel', { exportId: started.exportId }))).code,
        'not_found',
      );
      assert.deepEqual(other.heard('export.progress'), []);
    },
  },
  {
    name: 'export.cancel: the link of before is worth nothing, and the export is over',
    run: async (tools) => {
      const room = await tools.open();
      const sessionId = await record(tools, room, 'cancelled', [1]);
      const started = await room.client.request('export.start', { sessionId, format: 'csv', to: 'download' });
      assert.equal(started.outcome, 'download');
      const { exportId } = started;
      await room.client.request('export.cancel', { exportId });
      assert.equal((await finished(room, exportId)).state, 'cancelled');
      assert.equal((await fetch(`${await tools.http()}${started.path}`)).status, 404);
      assert.equal((await refusalOf(room.client.request('export.cancel', { exportId }))).code, 'not_found');
    },
  },
];

/** Where the hub can ask where to save. */
export const dialogCases: readonly ContractCase[] = [
  {
    name: 'export.start, dialog: written where the operator chose, over what was there',
    run: (tools) =>
      inFolder(async (folder) => {
        const room = await tools.open();
        const sessionId = await record(tools, room, 'dialog', [10, 20]);
        const path = join(folder, 'chosen.csv');
        writeFileSync(path, 'an older file');
        await tools.host.chooseSavePath?.(path);
        const started = await room.client.request('export.start', { sessionId, format: 'csv', to: 'dialog' });
        assert.equal(started.outcome, 'writing');
        assert.equal(started.path, path);
        const { state, frames, path: told } = await finished(room, started.exportId);
        assert.deepEqual({ state, frames, told }, { state: 'done', frames: 2, told: path });
        assertRows(readFileSync(path, 'utf8'), 'dialog', [10, 20]);
        assert.ok(!existsSync(`${path}.part`));
      }),
  },
  {
    name: 'export.start, dialog: dismissed is an outcome, not a failure',
    run: async (tools) => {
      const { client } = await tools.open();
      const sessionId = (await client.request('session.list', {})).sessions[0]?.sessionId ?? '';
      await tools.host.chooseSavePath?.(null);
      const started = await client.request('export.start', { sessionId, format: 'csv', to: 'dialog' });
      assert.deepEqual(started, { outcome: 'cancelled' });
    },
  },
  {
    name: 'export.start, dialog: a file that cannot be written is told in a sentence',
    run: (tools) =>
      inFolder(async (folder) => {
        const room = await tools.open();
        const sessionId = await record(tools, room, 'nowhere', [1]);
        await tools.host.chooseSavePath?.(join(folder, 'no such folder', 'chosen.csv'));
        const started = await room.client.request('export.start', { sessionId, format: 'csv', to: 'dialog' });
        assert.equal(started.outcome, 'writing');
        const { state, message } = await finished(room, started.exportId);
        assert.equal(state, 'failed');
        assert.match(message ?? '', /^chosen\.csv could not be written: /);
      }),
  },
];

/** Where it cannot: in a browser. */
export const noDialogCases: readonly ContractCase[] = [
  {
    name: 'export.start, dialog: a browser cannot choose a folder',
    run: async (tools) => {
      const { client } = await tools.open();
      const sessionId = (await client.request('session.list', {})).sessions[0]?.sessionId ?? '';
      const refusal = await refusalOf(client.request('export.start', { sessionId, format: 'csv', to: 'dialog' }));
      assert.equal(refusal.code, 'conflict');
    },
  },
];
