import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runPerch, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

let dataDir: string;
beforeEach(() => {
  dataDir = temporaryFolder();
});
afterEach(() => removeFolder(dataDir));

const ONE_SENTENCE = /^[^\n]+\n$/;

test.each([
  ['an unknown option', ['hub', '--nonsense']],
  ['a port that is none', ['hub', '--port', '70000']],
  ['a rate that is none', ['hub', '--rate-limit', 'fast']],
  ['a certificate without its key', ['hub', '--cert', 'x.pem']],
  ['an access that is none', ['hub', '--access', 'ajar']],
  ['an unknown command', ['dance']],
  ['an export without a session', ['export', '--out', '-']],
  ['an export format that is none', ['export', '--session', 'latest', '--out', '-', '--format', 'xls']],
])('bad usage: %s: exit 2 and one sentence', (_name, args) => {
  const { code, stderr, stdout } = runPerch(args);
  expect(stderr).toMatch(ONE_SENTENCE);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test('a port in use: exit 3, naming the port and who has it', async () => {
  const holder = createServer().listen(0, '0.0.0.0');
  await new Promise((resolve) => holder.once('listening', resolve));
  const { port } = holder.address() as { port: number };
  const { code, stderr } = runPerch(['hub', '--data', dataDir, '--port', String(port), '--no-tls', '--json']);
  holder.close();
  expect(stderr).toMatch(ONE_SENTENCE);
  expect(stderr).toContain(String(port));
  expect(stderr).toContain(String(process.pid));
  expect(code).toBe(3);
});

test('a folder that cannot be written: exit 1 and one sentence', () => {
  const file = join(dataDir, 'a-file');
  writeFileSync(file, '');
  const { code, stderr } = runPerch(['hub', '--data', join(file, 'below'), '--port', '0', '--no-tls']);
  expect(stderr).toMatch(ONE_SENTENCE);
  expect(code).toBe(1);
});

test('a second hub on the folder: exit 1, naming the pid of the first; it goes on', async () => {
  const hub = await startHubProcess(dataDir);
  const { code, stderr } = runPerch(['hub', '--data', dataDir, '--port', '0', '--tls-port', '0']);
  expect(stderr).toMatch(ONE_SENTENCE);
  expect(stderr).toContain(String(hub.ready.pid));
  expect(code).toBe(1);
  expect((await fetch(`${hub.ready.http}/health`)).status).toBe(200);
  expect(await hub.stop()).toBe(0);
});

test('a folder of nobody: export, sessions and keys say so', () => {
  for (const args of [['export', '--session', 'latest', '--out', '-'], ['sessions'], ['keys']]) {
    const { code, stderr } = runPerch([...args, '--data', dataDir]);
    expect(stderr).toMatch(ONE_SENTENCE);
    expect(code).toBe(1);
  }
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s: what was received is acked, server_shutdown, 1001, exit 0',
  async (signal) => {
    const hub = await startHubProcess(dataDir);
    const client = await WireClient.open(
      `${hub.ready.http.replace('http', 'ws')}/pocket-parrot?key=${hub.ready.joinKey}`,
    );
    await client.ask({ type: 'data', data: { id: 0 } });
    for (let id = 1; id <= 100; id++) client.send({ type: 'data', data: { id } });
    const stopped = hub.stop(signal);
    expect(await client.closed).toMatchObject({ code: 1001 });
    expect(await stopped).toBe(0);
    const last = client.received.at(-1);
    expect(last).toEqual({ type: 'server_shutdown' });
    const acked = client.received.filter(({ type }) => type === 'ack').length;
    const csv = runPerch(['export', '--data', dataDir, '--session', 'latest', '--out', '-']).stdout;
    expect(csv.split('\r\n').length - 2).toBe(acked);
  },
);

test('keys that the desktop sealed: hub and keys say what to do, and nothing is changed', () => {
  const sealed = join(dataDir, 'keys.json.sealed');
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(sealed, 'sealed by a keychain');
  for (const args of [['keys'], ['hub', '--port', '0', '--no-tls']]) {
    const { code, stdout, stderr } = runPerch([...args, '--data', dataDir]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('only the desktop app can open. Use the desktop app, or another data folder (--data)');
  }
  expect(readFileSync(sealed, 'utf8')).toBe('sealed by a keychain');
  expect(existsSync(join(dataDir, 'keys.json'))).toBe(false);
});

test('keys and sessions survive a restart; --session resumes the newest of that name, else starts it', async () => {
  const first = await startHubProcess(dataDir, ['--session', 'Ridge']);
  await first.stop('SIGKILL');
  const second = await startHubProcess(dataDir);
  expect(second.ready).toMatchObject({
    joinKey: first.ready.joinKey,
    viewerKey: first.ready.viewerKey,
    adminKey: first.ready.adminKey,
  });
  await second.stop();
  const third = await startHubProcess(dataDir, ['--session', 'Valley']);
  await third.stop();
  const fourth = await startHubProcess(dataDir, ['--session', 'Ridge']);
  await fourth.stop();

  const { items } = JSON.parse(runPerch(['sessions', '--data', dataDir, '--json']).stdout) as {
    items: Array<{ name: string; isCurrent: boolean }>;
  };
  expect(items.map(({ name, isCurrent }) => [name, isCurrent]).sort()).toEqual([
    ['Ridge', true],
    ['Valley', false],
  ]);
  expect(statSync(join(dataDir, 'keys.json')).mode & 0o777).toBe(0o600);
  expect(runPerch(['keys', '--data', dataDir]).stdout).toContain(first.ready.joinKey);
});

test('without --json no key is printed', async () => {
  const hub = await startHubProcess(dataDir);
  const { joinKey, viewerKey, adminKey } = hub.ready;
  await hub.stop();
  const { spawn } = await import('node:child_process');
  const { HEADLESS } = await import('../../helpers/hub-process');
  const plain = spawn(process.execPath, [HEADLESS, '--data', dataDir, '--port', '0', '--tls-port', '0']);
  let text = '';
  await new Promise<void>((resolve) => {
    plain.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('Ctrl+C')) resolve();
    });
  });
  plain.kill('SIGTERM');
  await new Promise((resolve) => plain.once('exit', resolve));
  expect(text).toContain('/join');
  for (const key of [joinKey, viewerKey, adminKey]) expect(text).not.toContain(key);
});
