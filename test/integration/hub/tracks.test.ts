import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HubProcess, runPerch, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

let dataDir: string;
let hub: HubProcess;
beforeEach(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir, ['--rate-limit', '1000/s']);
});
afterEach(async () => {
  await hub.stop();
  removeFolder(dataDir);
});

interface Totals {
  readonly distanceM: number;
  readonly movingS: number;
  readonly climbM: number;
}

async function track(): Promise<{ raw: Totals; clean: Totals } | null> {
  const { viewerKey, http } = hub.ready;
  const answer = await fetch(`${http}/api/v1/devices`, { headers: { authorization: `Bearer ${viewerKey}` } });
  const { items } = (await answer.json()) as { items: Array<{ track: { raw: Totals; clean: Totals } | null }> };
  return items[0]?.track ?? null;
}

test('flags are stored and exported, and the track is the same after SIGKILL and restart', async () => {
  const { http, joinKey } = hub.ready;
  const phone = await WireClient.open(`${http.replace('http', 'ws')}/pocket-parrot?key=${joinKey}`);
  await phone.ask({ type: 'handshake', username: 'ann' });
  const startMs = Date.now() - 300_000;
  // 240 s of walking north at 1.5 m/s and up, with one fix a kilometre off.
  const frames = Array.from({ length: 241 }, (_, second) => {
    const metres = second === 100 ? 1_150 : second * 1.5;
    const gps = { latitude: 47 + metres / 111_195.08, longitude: 11, accuracy: 4, altitude: 500 + second / 4 };
    return { seq: second + 1, data: { timestamp: startMs + second * 1000, gps } };
  });
  for (const half of [frames.slice(0, 120), frames.slice(120)]) {
    expect(await phone.ask({ type: 'batch', boot: 'b', frames: half })).toMatchObject({ type: 'ack', refused: [] });
  }
  const before = await track();
  // Less than one step of 5 m may be left over at the end.
  expect(before?.clean.distanceM).toBeGreaterThan(355);
  expect(before?.clean.distanceM).toBeLessThanOrEqual(360);
  expect(before?.clean.climbM).toBe(60);
  expect(before?.raw.distanceM).toBeGreaterThan(2_300);

  await hub.stop('SIGKILL');
  hub = await startHubProcess(dataDir);
  await expect.poll(track, { timeout: 10_000 }).toEqual(before);

  const rows = runPerch(['export', '--data', dataDir, '--session', 'latest', '--out', '-']).stdout.split('\r\n');
  expect(rows.filter((row) => row.includes('implied_jump'))).toHaveLength(1);
  expect(rows[101]).toContain('implied_jump');
});
