import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DoctorCheck } from '../../../src/common/model/doctor';
import { runPerch, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

let dataDir: string;
beforeEach(() => {
  dataDir = temporaryFolder();
});
afterEach(() => removeFolder(dataDir));

/** Ports that nothing on this machine holds; the real ones may be. */
const PORTS = ['--port', '0', '--tls-port', '0'];

const checksOf = (stdout: string): ReadonlyMap<string, DoctorCheck> =>
  new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as DoctorCheck)
      .map((check) => [check.id, check]),
  );

test('doctor beside a running hub asks it at its own addresses, over plain and TLS, wherever it listens', async () => {
  const hub = await startHubProcess(dataDir);
  const { code, stdout } = runPerch(['doctor', '--data', dataDir, '--json', ...PORTS]);
  const checks = checksOf(stdout);
  const port = new URL(hub.ready.http).port;
  expect(checks.get('plain')).toMatchObject({ state: 'ok', sentence: expect.stringContaining(port) as string });
  expect(checks.get('ports')?.state).toBe('ok');
  expect(['ok', 'warning']).toContain(checks.get('tls')?.state);
  expect(checks.get('certificate')?.sentence).toMatch(/Valid for|may not vouch/);
  expect(checks.get('authority')?.state).toBe('ok');
  expect(checks.get('disk-speed')?.state).not.toBe('trouble');
  const hasTrouble = [...checks.values()].some(({ state }) => state === 'trouble');
  expect(code).toBe(hasTrouble ? 1 : 0);
  expect(await hub.stop()).toBe(0);
});

test('doctor without a hub says so, in plain words too', () => {
  const json = runPerch(['doctor', '--data', dataDir, '--json', ...PORTS]);
  expect(checksOf(json.stdout).get('plain')).toMatchObject({ state: 'unknown' });
  const plain = runPerch(['doctor', '--data', dataDir, ...PORTS]);
  expect(plain.stdout).toContain('The hub is not running');
  expect(plain.code).toBe(json.code);
});

test('a port that another program holds is trouble: exit code 1', async () => {
  const other = temporaryFolder();
  const holder = await startHubProcess(other);
  const port = new URL(holder.ready.http).port;
  const { code, stdout, stderr } = runPerch(['doctor', '--data', dataDir, '--port', port, '--tls-port', '0', '--json']);
  expect(checksOf(stdout).get('ports')).toMatchObject({
    state: 'trouble',
    sentence: expect.stringContaining(port) as string,
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/checks found trouble/);
  await holder.stop();
  removeFolder(other);
});

test('a hub that was killed leaves no ghost behind', async () => {
  const hub = await startHubProcess(dataDir);
  await hub.stop('SIGKILL');
  const { stdout } = runPerch(['doctor', '--data', dataDir, '--json', ...PORTS]);
  expect(checksOf(stdout).get('plain')).toMatchObject({ state: 'unknown' });
});
