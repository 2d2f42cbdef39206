import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { HEADLESS, type HubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';
import { parseStrace, type SystemCall } from './strace-log';

const CALLS = 'read,recvfrom,recvmsg,write,writev,sendto,sendmsg,fsync,fdatasync';
const JPEG = readFileSync(join(import.meta.dirname, '../../fixtures/photo.jpg'));
const FRAMES = 12;

/** Starts the built hub under strace. @returns what it said when it was ready, and how to stop it and read the log. */
async function startTraced(folder: string): Promise<{ ready: HubProcess['ready']; stop: () => Promise<string> }> {
  const { error } = spawnSync('/usr/bin/strace', ['-V']);
  if (error) throw new Error(`This test needs strace (Debian package strace): ${error.message}`);
  const log = join(folder, 'strace.log');
  const args = ['-f', '-y', '-s', '200', '-e', `trace=${CALLS}`, '-o', log, process.execPath, HEADLESS];
  const hub = ['hub', '--data', join(folder, 'data'), '--json', '--no-tls', '--port', '0'];
  const child = spawn('/usr/bin/strace', [...args, ...hub], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([once(lines, 'line'), exited.then(() => null)]);
  if (line === null) throw new Error('strace could not run the hub: tracing has to be permitted on this machine.');
  const ready = JSON.parse((line as [string])[0]) as HubProcess['ready'];
  return {
    ready,
    stop: async () => {
      process.kill(ready.pid, 'SIGTERM');
      await exited;
      return readFileSync(log, 'utf8');
    },
  };
}

/** Sends one frame after the other, each when the one before is acked: what a read brought belongs to the next ack. */
async function sendOneByOne(url: string, name: string): Promise<void> {
  const client = await WireClient.open(url);
  await client.ask({ type: 'handshake', deviceId: name });
  for (let seq = 1; seq <= FRAMES; seq += 1) {
    const photo = { photoBase64: Buffer.concat([JPEG, Buffer.from(`${name} ${seq}`)]).toString('base64') };
    const data = { id: `${name}-${seq}`, ...(seq % 3 === 0 ? photo : {}) };
    expect(await client.ask({ type: 'data', boot: 'b', seq, data })).toMatchObject({ type: 'ack', received: data.id });
  }
  await client.close();
}

const isRead = ({ name, result }: SystemCall) => /^(read|recv)/.test(name) && result > 0;
const isSync = ({ name, result }: SystemCall) => /^f(data)?sync$/.test(name) && result === 0;
const ACKED = /\\"type\\":\\"ack\\".*?\\"received\\":\\"([^"\\]+)\\"/;

test('no ack leaves before an fsync of the log, and of its photo, that follows its frame', async () => {
  const folder = temporaryFolder();
  onTestFinished(() => removeFolder(folder));
  const { ready, stop } = await startTraced(folder);
  const url = `${ready.http.replace('http', 'ws')}/pocket-parrot?key=${ready.joinKey}`;
  // Four at once, so that commits are shared.
  await Promise.all(['a', 'b', 'c', 'd'].map((name) => sendOneByOne(url, name)));
  const calls = parseStrace(await stop());

  const syncs = calls.filter(isSync);
  const between = (path: RegExp, from: number, to: number) =>
    syncs.find(({ file, entered, returned }) => path.test(file) && entered > from && returned < to);
  const acked: string[] = [];
  for (const call of calls) {
    const id = /^(write|send)/.test(call.name) ? ACKED.exec(call.args)?.[1] : undefined;
    if (id === undefined) continue;
    acked.push(id);
    const arrived = calls.findLast((one) => isRead(one) && one.file === call.file && one.returned < call.entered);
    const from = arrived?.returned ?? Infinity;
    expect(between(/perch\.sqlite-wal$/, from, call.entered), `fsync of the log before the ack of ${id}`).toBeDefined();
    if (Number(id.split('-')[1]) % 3 !== 0) continue;
    expect(between(/media\/..\/.*\.jpg\.part$/, from, call.entered), `fsync of the photo of ${id}`).toBeDefined();
    expect(between(/media\/..$/, from, call.entered), `fsync of the folder of the photo of ${id}`).toBeDefined();
  }
  expect(acked).toHaveLength(4 * FRAMES);
  console.log(`strace: ${acked.length} acks, ${syncs.length} fsyncs, ${calls.length} calls`);
});
