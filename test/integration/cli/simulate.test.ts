import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Ended, HEADLESS, type HubProcess, runPerch, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

let dataDir: string;
let hub: HubProcess;
beforeEach(async () => {
  dataDir = temporaryFolder();
  hub = await startHubProcess(dataDir, ['--no-tls']);
});
afterEach(async () => {
  await hub.stop();
  removeFolder(dataDir);
});

/** Beside the hub that this process listens to: not `spawnSync`. */
const simulate = (...args: readonly string[]): Promise<Ended> => simulateAt(hub.ready.http.replace('http', 'ws'), args);

const simulateAt = (url: string, args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [HEADLESS, 'simulate', '--url', url, ...args]);
    const text = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk: Buffer) => {
        text[name] += chunk.toString();
      });
    }
    child.once('close', (code) => resolve({ code, ...text }));
  });

const rowsStored = (): readonly string[] =>
  runPerch(['export', '--data', dataDir, '--session', 'latest', '--out', '-']).stdout.split('\r\n').slice(1, -1);

test('with loss, reconnects and photos: exit 0, and the log holds every captured frame once', async () => {
  const { code, stdout, stderr } = await simulate(
    ...['--key', hub.ready.joinKey, '--phones', '5', '--rate', '20', '--seconds', '2', '--photos', '2'],
    ...['--drop-rate', '0.1', '--reconnect-every', '0.7', '--json'],
  );
  expect(stderr).toBe('');
  const result = JSON.parse(stdout) as { counts: Record<string, number> };
  expect(result).toMatchObject({ event: 'drill', phones: 5, isComplete: true });
  expect(result.counts).toMatchObject({ captured: 200, acked: 200, photos: 10, refused: {} });
  expect(result.counts.connections).toBeGreaterThan(5);
  expect(code).toBe(0);
  const rows = rowsStored();
  expect(rows.length).toBe(200);
  expect(new Set(rows.flatMap((row) => /media\/[0-9a-f]{64}\.jpg/.exec(row) ?? [])).size).toBe(10);
});

test('without --json: one sentence', async () => {
  const { code, stdout } = await simulate(
    '--key',
    hub.ready.joinKey,
    '--phones',
    '2',
    '--rate',
    '10',
    '--seconds',
    '1',
  );
  expect(stdout).toMatch(/^The hub took all 20 frames from 2 phones in [^\n]+\.\n$/);
  expect(code).toBe(0);
});

test('a wrong key: exit 1 and a sentence, at once', async () => {
  const { code, stdout, stderr } = await simulate('--key', 'wrong', '--phones', '2', '--seconds', '60');
  expect(stderr).toBe('The hub refuses this key.\n');
  expect(stdout).toBe('');
  expect(code).toBe(1);
});

test.each([
  ['no address', []],
  ['a share over 1', ['--url', 'ws://127.0.0.1:1', '--drop-rate', '1']],
  ['no phones', ['--url', 'ws://127.0.0.1:1', '--phones', '0']],
  ['a certificate that is not there', ['--url', 'wss://127.0.0.1:1', '--ca', '/nowhere/ca.pem']],
  ['a rate of nothing', ['--url', 'ws://127.0.0.1:1', '--rate', '0']],
])('bad usage: %s: exit 2 and one sentence', (_name, args) => {
  const { code, stderr } = runPerch(['simulate', ...args]);
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(code).toBe(2);
});

test("over wss: the hub's own CA is trusted when it is named, and only then", async () => {
  const secure = await startHubProcess(join(dataDir, 'secure'));
  try {
    const url = secure.ready.https?.replace('http', 'ws') ?? '';
    const args = ['--key', secure.ready.joinKey, '--phones', '2', '--rate', '5', '--seconds', '1'];
    const trusting = await simulateAt(url, [...args, '--ca', join(dataDir, 'secure/tls/ca.pem')]);
    expect(trusting).toMatchObject({ code: 0, stderr: '' });
    expect(trusting.stdout).toMatch(/^The hub took all 10 frames/);
    const distrusting = await simulateAt(url, args);
    expect(distrusting).toMatchObject({ code: 1, stdout: '' });
    expect(distrusting.stderr).toMatch(/^The hub's certificate is not trusted here: .+--ca.+\.\n$/);
  } finally {
    await secure.stop();
  }
});
