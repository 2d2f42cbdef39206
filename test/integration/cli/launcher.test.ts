import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HEADLESS } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

let dataDir: string;
beforeEach(() => {
  dataDir = temporaryFolder();
});
afterEach(() => removeFolder(dataDir));

/** A hub as `npm start` and an older Node start it: with a channel that tells it when its launcher is gone. */
async function launch() {
  const hub = spawn(process.execPath, [HEADLESS, '--data', dataDir, '--port', '0', '--tls-port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (!hub.stdout) throw new Error('The hub has no stdout.');
  await once(createInterface({ input: hub.stdout }), 'line');
  return hub;
}

test('a hub with a launcher ends on SIGTERM', async () => {
  const hub = await launch();
  const exit = once(hub, 'exit');
  hub.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
});

test('a hub ends when its launcher is gone', async () => {
  const hub = await launch();
  const exit = once(hub, 'exit');
  hub.disconnect();
  expect(await exit).toEqual([0, null]);
});
