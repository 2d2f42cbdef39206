import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HubProcess, runPerch, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

// Traffic recorded from the real Pocket Parrot page: a handshake and 42 data messages.
const RECORDED = readFileSync(join(import.meta.dirname, '../../fixtures/pocket-parrot/session-25s.jsonl'), 'utf8')
  .trim()
  .split('\n');

let dataDir: string;
let hub: HubProcess;
beforeEach(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir);
});
afterEach(async () => {
  await hub.stop();
  removeFolder(dataDir);
});

/** Sends messages and waits until each data message is acked. */
async function replay(url: string, messages: readonly string[]): Promise<WireClient> {
  const client = await WireClient.open(url);
  for (const message of messages) client.send(message);
  await client.until(() => client.received.length === messages.length);
  return client;
}

test('the recorded session, with only the endpoint and its key set and a reconnect in the middle', async () => {
  const { http, joinKey, viewerKey } = hub.ready;
  const url = `${http.replace('http', 'ws')}/pocket-parrot/${joinKey}`;
  const [handshake = '', ...data] = RECORDED;
  expect(data).toHaveLength(42);

  // The page says its handshake each time it connects, and nothing else of itself.
  const first = await replay(url, [handshake, ...data.slice(0, 9)]);
  await first.close();
  const second = await replay(url, [handshake, ...data.slice(9)]);

  const answers = [...first.received, ...second.received];
  expect(answers.filter(({ type }) => type === 'welcome')).toHaveLength(2);
  expect(answers.filter(({ type }) => type === 'ack')).toHaveLength(42);
  expect(new Set(answers.map(({ type }) => type))).toEqual(new Set(['welcome', 'ack']));

  const csv = runPerch(['export', '--data', dataDir, '--session', 'latest', '--out', '-']);
  expect(csv.code).toBe(0);
  const rows = parse<Record<string, string>>(csv.stdout, { columns: true });
  expect(rows).toHaveLength(42);
  expect(new Set(rows.map((row) => row.device_id)).size).toBe(1);
  expect(rows.map((row) => row.captured_at)).toEqual(
    data.map((line) => (JSON.parse(line) as { data: { timestamp: string } }).data.timestamp),
  );
  const flags = rows.map((row) => row.flags?.split(';') ?? []);
  expect(flags.filter((of) => of.includes('guessed_device'))).toHaveLength(33);
  // Recorded on another day than this: the phone's clock seems to be off by days, and every frame says so.
  expect(flags.filter((of) => of.includes('clock_skew'))).toHaveLength(42);

  const photos = rows.map((row) => row.photo ?? '').filter((photo) => photo !== '');
  expect(new Set(photos).size).toBe(1);
  const files = readdirSync(join(dataDir, 'media'), { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  expect(files.map((file) => `media/${file.name}`)).toEqual([...new Set(photos)]);

  const dashboard = await WireClient.open(`${http.replace('http', 'ws')}/dashboard?key=${viewerKey}`);
  await dashboard.until(() => dashboard.received.length > 0);
  expect(dashboard.received[0]).toMatchObject([
    { gps: { latitude: expect.closeTo(47.6112, 9), longitude: expect.closeTo(-122.3246, 9) }, online: true },
  ]);
  await dashboard.close();
  await second.close();
});
