import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createHubClient, type HubClient } from '../../../src/common/contract/client';
import type { CustodyCertificate } from '../../../src/common/model/custody';
import { createMemoryTransports } from '../../../src/common/rpc/memory-transport';
import { canonicalJson } from '../../../src/main/hub/canonical-json';
import { type ContractHub, startContractHub } from '../../helpers/contract-hub';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

interface Running extends ContractHub {
  readonly room: HubClient;
}

async function start(dataDir: string, sessionName?: string): Promise<Running> {
  const running = await startContractHub(sessionName === undefined ? { dataDir } : { dataDir, sessionName });
  const [near, far] = createMemoryTransports();
  running.hub.attachConsole(far, 'operator', null);
  return { ...running, room: createHubClient(near) };
}

function folder(): string {
  const dataDir = temporaryFolder();
  onTestFinished(() => removeFolder(dataDir));
  return dataDir;
}

async function connect({ ready }: Running, username: string): Promise<{ phone: WireClient; deviceId: string }> {
  const phone = await WireClient.open(`${ready.http.replace('http', 'ws')}/pocket-parrot?key=${ready.joinKey}`);
  const { deviceId } = await phone.ask({ type: 'handshake', deviceId: username, username });
  return { phone, deviceId: String(deviceId) };
}

const batch = (...seqs: readonly number[]) => ({
  type: 'batch',
  boot: 'b',
  frames: seqs.map((seq) => ({ seq, data: { text: `frame ${seq}` } })),
});

const certificateOf = async ({ room }: Running, sessionId: string): Promise<CustodyCertificate> =>
  (await room.request('session.certificate', { sessionId })).certificate;

const isWhole = ({ sha256, amendment: _, ...rest }: CustodyCertificate): boolean =>
  createHash('sha256').update(canonicalJson(rest)).digest('hex') === sha256;

test('the certificate of a stopped session is issued once: what changes later stands beside it', async () => {
  const dataDir = folder();
  const first = await start(dataDir);
  const { phone, deviceId } = await connect(first, 'ann');
  const { session } = await first.room.request('session.start', { name: 'Search' });
  await phone.ask(batch(1, 4));
  await first.room.request('session.stop', {});
  const issued = await certificateOf(first, session.sessionId);
  expect(issued).toMatchObject({ isFinal: true, devices: [{ deviceId, name: 'ann', stored: 2, missing: 2 }] });
  expect(isWhole(issued)).toBe(true);
  expect(await certificateOf(first, session.sessionId)).toEqual(issued);

  // A hole is filled, a person and the session get other names.
  await phone.ask(batch(2, 3));
  await first.room.request('device.rename', { deviceId, name: 'Ann B.' });
  await first.room.request('session.rename', { sessionId: session.sessionId, name: 'Night search' });
  const { amendment, ...same } = await certificateOf(first, session.sessionId);
  expect(same).toEqual(issued);
  expect(amendment).toMatchObject({
    sessionName: 'Night search',
    devices: [{ deviceId, name: 'Ann B.', stored: 2, missing: 0 }],
  });
  const { html } = await first.room.request('session.certificatePage', { sessionId: session.sessionId });
  expect(html).toContain('Since it was issued');
  expect(html).toContain('Night search');

  await phone.close();
  await first.stop();
  const second = await start(dataDir);
  onTestFinished(second.stop);
  const { amendment: later, ...kept } = await certificateOf(second, session.sessionId);
  expect(kept).toEqual(issued);
  expect(later?.devices).toMatchObject([{ name: 'Ann B.', missing: 0 }]);
});

test('a hub that was gone before it could issue one does so at its next start, before anything changes', async () => {
  const dataDir = folder();
  const first = await start(dataDir);
  const { phone } = await connect(first, 'ann');
  const before = (await first.room.request('live.subscribe', {})).session.sessionId;
  await phone.ask(batch(1, 2));
  await phone.close();
  await first.stop();
  // A start with a name ends the session that was going on.
  const second = await start(dataDir, 'Monday');
  const certificates = join(dataDir, 'certificates');
  await expect.poll(() => readdirSync(certificates)).toHaveLength(1);
  const issued = await certificateOf(second, before);
  expect(issued.devices).toMatchObject([{ name: 'ann', stored: 2 }]);

  // Stopped, gone on with, stopped again: each stop has its own.
  const monday = (await second.room.request('live.subscribe', {})).session.sessionId;
  await second.room.request('session.stop', {});
  const once = await certificateOf(second, monday);
  await second.stop();
  const third = await start(dataDir, 'Monday');
  onTestFinished(third.stop);
  expect((await certificateOf(third, monday)).isFinal).toBe(false);
  const again = await connect(third, 'ann');
  await again.phone.ask(batch(3));
  await again.phone.close();
  await third.room.request('session.stop', {});
  const twice = await certificateOf(third, monday);
  expect([once.devices.length, twice.devices.length]).toEqual([0, 1]);
  expect(await certificateOf(third, before)).toEqual(issued);
  // Of before, of Monday twice, and of the unnamed one between them.
  expect(readdirSync(certificates)).toHaveLength(4);
});

test('a person who is erased is in no certificate by name; an erased session has none', async () => {
  const dataDir = folder();
  const running = await start(dataDir);
  onTestFinished(running.stop);
  const { phone, deviceId } = await connect(running, 'Ann Ceased');
  const { session } = await running.room.request('session.start', { name: 'Search' });
  await phone.ask(batch(1));
  await phone.close();
  await running.room.request('session.stop', {});
  const issued = await certificateOf(running, session.sessionId);
  await running.room.request('device.erase', { deviceId, name: 'Ann Ceased' });
  const after = await certificateOf(running, session.sessionId);
  expect(JSON.stringify(after)).not.toContain('Ann Ceased');
  expect(after).toMatchObject({
    standsFor: [issued.sha256],
    devices: [{ stored: 1 }],
    amendment: { devices: [{ stored: 0, erased: 1 }] },
  });
  expect(isWhole(after)).toBe(true);
  await running.room.request('storage.erase', { sessions: [{ sessionId: session.sessionId, name: 'Search' }] });
  expect(readdirSync(join(dataDir, 'certificates')).filter((name) => name.startsWith(session.sessionId))).toEqual([]);
});

test('a phone that captured and delivered nothing is in it, by its name', async () => {
  const dataDir = folder();
  const running = await start(dataDir);
  onTestFinished(running.stop);
  const { phone, deviceId } = await connect(running, 'silent');
  phone.send({ type: 'status', captured: 120, queued: 120 });
  await phone.ask({ type: 'ping', t0: Date.now() });
  await phone.close();
  const { sessionId } = (await running.room.request('live.subscribe', {})).session;
  await running.room.request('session.stop', {});
  expect((await certificateOf(running, sessionId)).devices).toMatchObject([
    { deviceId, name: 'silent', captured: 120, stored: 0 },
  ]);
});
