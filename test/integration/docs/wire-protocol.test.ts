import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HubProcess, runPerch, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

const root = join(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/wire-protocol.md'), 'utf8');

/** The first code block of a language, as a reader would copy it. */
const codeBlock = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';

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

/** Runs a program and gives what it printed. */
const run = (command: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.once('error', reject);
    child.once('exit', () => resolve(text));
  });

const rowsStored = (): number =>
  runPerch(['export', '--data', dataDir, '--session', 'latest', '--out', '-']).stdout.split('\r\n').length - 2;

test('the wscat line stores a frame', async () => {
  const line = codeBlock('sh').replace('ws://127.0.0.1:8080', hub.ready.http.replace('http', 'ws'));
  expect(await run('sh', ['-c', line], { JOIN_KEY: hub.ready.joinKey })).toContain('"type":"ack"');
  expect(rowsStored()).toBe(1);
});

test('the script of fifteen lines stores five frames', async () => {
  const script = codeBlock('js');
  expect(script.trim().split('\n').length).toBeLessThanOrEqual(15);
  const file = join(dataDir, 'phone.mjs');
  writeFileSync(file, script);
  const url = `${hub.ready.http.replace('http', 'ws')}/pocket-parrot`;
  const printed = await run(process.execPath, [file, url, hub.ready.joinKey]);
  expect(printed.trim().split('\n')).toEqual([
    'welcome Connected to multi-user server',
    'ack 1',
    'ack 2',
    'ack 3',
    'ack 4',
    'ack 5',
  ]);
  expect(rowsStored()).toBe(5);
});
