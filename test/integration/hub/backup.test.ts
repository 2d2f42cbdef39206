import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createHubClient, type HubClient } from '../../../src/common/contract/client';
import { createMemoryTransports } from '../../../src/common/rpc/memory-transport';
import { type ContractHub, startContractHub } from '../../helpers/contract-hub';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

const ONGOING = 'rec_00000000000000aa';
const READY = 'rec_00000000000000bb';

async function start(dataDir: string): Promise<ContractHub & { readonly room: HubClient }> {
  const running = await startContractHub({ dataDir });
  onTestFinished(running.stop);
  const [near, far] = createMemoryTransports();
  running.hub.attachConsole(far, 'operator', null);
  return { ...running, room: createHubClient(near) };
}

/** One that plays, of a session. */
function addRecording(dataDir: string, recordingId: string, sessionId: string): void {
  const at = (end: string): string => join(dataDir, 'recordings', `${recordingId}${end}`);
  copyFileSync(join(import.meta.dirname, '../../fixtures/recording.webm'), at('.webm'));
  const about = { recordingId, sessionId, deviceId: null, name: 'Ann', source: 'webrtc', kind: 'screen' };
  const times = { startedAtMs: 1, endedAtMs: 2, durationMs: 1, bytes: 1, state: 'ready', ending: 'stopped' };
  writeFileSync(at('.json'), JSON.stringify({ ...about, ...times }));
}

const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'base64')]));

test('a hub starts on a backup made while recording goes on, and tells of its sessions what the first one tells', async () => {
  const dataDir = temporaryFolder();
  onTestFinished(() => removeFolder(dataDir));
  const { hub, ready, room } = await start(dataDir);
  const phone = await WireClient.open(`${ready.http.replace('http', 'ws')}/pocket-parrot?key=${ready.joinKey}`);
  await phone.ask({ type: 'handshake', deviceId: 'ann', username: 'ann' });
  let seq = 0;
  const send = async (step: number): Promise<void> => {
    seq += step;
    await phone.ask({ type: 'batch', boot: 'b', frames: [{ seq, data: { text: `frame ${seq}` } }] });
  };
  const stopped: string[] = [];
  for (const name of ['Morning', 'Noon', 'Evening']) {
    const { session } = await room.request('session.start', { name });
    stopped.push(session.sessionId);
    await send(2);
    // Counted, and not yet in the log.
    phone.send({ type: 'status', captured: seq });
    await send(2);
    await room.request('session.stop', {});
  }
  await room.request('profile.set', {
    profile: { intervalMs: 2000, sensors: ['gps'], media: { photoSidePx: 800, audioSeconds: 30 } },
  });
  mkdirSync(join(dataDir, 'recordings'), { recursive: true });
  addRecording(dataDir, READY, stopped[0] ?? '');
  writeFileSync(join(dataDir, 'recordings', `${ONGOING}.part`), 'as it came');

  // Asked for before the last stop has issued its certificate, and while frames come.
  const started = await room.request('storage.backUp', { to: 'folder', name: 'copy' });
  if (started.outcome !== 'writing') throw new Error('no backup');
  const { path } = started.backup;
  const state = async () => (await room.request('storage.get', {})).backup;
  while ((await state())?.state === 'running') await send(1);
  expect(await state()).toMatchObject({ state: 'done', message: null });
  await phone.close();

  const told = (from: HubClient) =>
    Promise.all(stopped.map((sessionId) => from.request('session.certificate', { sessionId })));
  const certificates = await told(room);
  expect(certificates).toHaveLength(3);
  expect(filesIn(join(path, 'certificates'))).toEqual(filesIn(join(dataDir, 'certificates')));
  expect(filesIn(join(path, 'recordings'))).toEqual(filesIn(join(dataDir, 'recordings')));
  // Who finds it is not the operator.
  for (const name of ['keys.json', 'tls', 'backups', 'hub.pid', 'lock.sqlite', 'listening.json'])
    expect([name, existsSync(join(path, name))]).toEqual([name, false]);

  const copy = await start(path);
  expect(await told(copy.room)).toEqual(certificates);
  expect(filesIn(join(path, 'certificates'))).toEqual(filesIn(join(dataDir, 'certificates')));
  expect(await copy.room.request('profile.get', {})).toEqual(await room.request('profile.get', {}));
  const { recordings } = await copy.room.request('recording.list', { sessionId: stopped[0] ?? '' });
  expect(recordings).toMatchObject([{ recordingId: READY, state: 'ready' }]);
  expect(copy.ready.adminKey).not.toBe(ready.adminKey);
  await hub.close();
});
