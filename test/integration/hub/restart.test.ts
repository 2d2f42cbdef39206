import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { createHubClient, type HubClient } from '../../../src/common/contract/client';
import { createMemoryTransports } from '../../../src/common/rpc/memory-transport';
import { type ContractHub, startContractHub } from '../../helpers/contract-hub';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { type Message, WireClient } from '../../helpers/wire-client';

interface Running extends ContractHub {
  readonly room: HubClient;
}

/** A hub on a folder that stays, and a control room on it. */
async function start(dataDir: string): Promise<Running> {
  const hub = await startContractHub({ dataDir });
  const [near, far] = createMemoryTransports();
  hub.hub.attachConsole(far, 'operator', null);
  return { ...hub, room: createHubClient(near) };
}

function folder(): string {
  const dataDir = temporaryFolder();
  onTestFinished(() => removeFolder(dataDir));
  return dataDir;
}

const walker = async ({ ready }: ContractHub): Promise<{ phone: WireClient; deviceId: string }> => {
  const phone = await WireClient.open(`${ready.http.replace('http', 'ws')}/pocket-parrot?key=${ready.joinKey}`);
  const { deviceId } = await phone.ask({ type: 'handshake', deviceId: 'walker', username: 'walker', protocol: 1 });
  return { phone, deviceId: String(deviceId) };
};

/** A pong comes after everything before it was taken. */
const settled = (phone: WireClient) => phone.ask({ type: 'ping', t0: 1 });

async function nextMessage(phone: WireClient): Promise<Message> {
  for (;;) {
    const said = await phone.next();
    if (said.type === 'message') return said;
  }
}

test('what the operator wrote and the phone has not read comes after a restart, and never again once read', async () => {
  const dataDir = folder();
  const first = await start(dataDir);
  const { phone, deviceId } = await walker(first);
  await phone.ask({ type: 'data', boot: 'b', seq: 1, data: { id: 1 } });
  await phone.close();
  const kept = await first.room.request('message.send', { deviceId, text: 'Come back' });
  expect(kept).toMatchObject({ delivered: 0, waiting: 1 });
  const other = await first.room.request('message.send', { deviceId, text: 'By the road' });
  await first.stop();

  const second = await start(dataDir);
  const back = await walker(second);
  expect(await nextMessage(back.phone)).toMatchObject({ id: kept.id, text: 'Come back' });
  expect(await nextMessage(back.phone)).toMatchObject({ id: other.id, text: 'By the road' });
  back.phone.send({ type: 'read', to: kept.id });
  await settled(back.phone);
  await back.phone.close();
  await second.stop();

  const third = await start(dataDir);
  onTestFinished(third.stop);
  const again = await walker(third);
  expect(await nextMessage(again.phone)).toMatchObject({ id: other.id });
  await again.phone.close();
});

test('captured, as the phone counts on, is of each session, in its certificate, and there after a restart', async () => {
  const dataDir = folder();
  const first = await start(dataDir);
  const { phone } = await walker(first);
  const report = async (to: WireClient, seq: number, captured: number): Promise<void> => {
    await to.ask({ type: 'data', boot: 'b', seq, data: { id: seq } });
    to.send({ type: 'status', captured });
    await settled(to);
  };
  const capturedIn = async ({ room }: Running, sessionId: string): Promise<unknown> => {
    const { certificate } = await room.request('session.certificate', { sessionId });
    return certificate.devices.map(({ captured }) => captured);
  };
  const before = (await first.room.request('live.subscribe', {})).session.sessionId;
  await report(phone, 1, 5);
  await report(phone, 2, 7);
  await first.room.request('session.start', { name: 'Second' });
  await report(phone, 3, 10);
  const now = (await first.room.request('live.subscribe', {})).session.sessionId;
  expect(await capturedIn(first, before)).toEqual([7]);
  expect(await capturedIn(first, now)).toEqual([3]);
  await phone.close();
  await first.stop();

  const second = await start(dataDir);
  onTestFinished(second.stop);
  expect(await capturedIn(second, before)).toEqual([7]);
  expect(await capturedIn(second, now)).toEqual([3]);
  // Counting anew, as after its data was cleared: what it had captured stays captured.
  const back = await walker(second);
  await report(back.phone, 4, 2);
  expect(await capturedIn(second, now)).toEqual([5]);
  await back.phone.close();
});

test('a call for help of an earlier session is raised again after a restart, where the person was, until it ends', async () => {
  const dataDir = folder();
  const first = await start(dataDir);
  const { phone, deviceId } = await walker(first);
  await phone.ask({ type: 'data', boot: 'b', seq: 1, data: { gps: { latitude: 47.5, longitude: 8.5 } } });
  expect(await phone.ask({ type: 'sos', active: true, text: 'Broken leg' })).toMatchObject({ type: 'ack' });
  await phone.close();
  await first.room.request('session.start', { name: 'Second' });
  await first.stop();

  const second = await start(dataDir);
  const { devices, alerts } = await second.room.request('live.subscribe', {});
  expect(devices).toMatchObject([
    { deviceId, isOnline: false, sos: { active: true, text: 'Broken leg' }, position: { value: { latitude: 47.5 } } },
  ]);
  expect(alerts).toMatchObject([{ id: `sos.${deviceId}`, severity: 'critical' }]);
  const back = await walker(second);
  expect(await back.phone.ask({ type: 'sos', active: false })).toMatchObject({ type: 'ack' });
  expect((await second.room.request('live.subscribe', {})).alerts).toEqual([]);
  await back.phone.close();
  await second.stop();

  const third = await start(dataDir);
  onTestFinished(third.stop);
  const later = await third.room.request('live.subscribe', {});
  expect(later.alerts).toEqual([]);
  expect(later.devices.every(({ sos }) => sos?.active !== true)).toBe(true);
});

test('a call that has ended is shown as that after restarts, as long as its session goes on; and heard again if it must', async () => {
  const dataDir = folder();
  const first = await start(dataDir);
  const { phone } = await walker(first);
  await phone.ask({ type: 'sos', active: true, text: 'Lost' });
  await phone.ask({ type: 'sos', active: false });
  await phone.close();
  await first.stop();
  const sosIn = async ({ room }: Running) => (await room.request('live.subscribe', {})).devices.map(({ sos }) => sos);
  for (let time = 0; time < 2; time += 1) {
    const again = await start(dataDir);
    expect(await sosIn(again)).toMatchObject([{ active: false }]);
    await again.stop();
  }

  // As a crash right after the commit of the frame leaves it: nothing else was written.
  const db = new Sqlite(join(dataDir, 'perch.sqlite'));
  db.exec("DELETE FROM meta WHERE key LIKE 'setting.calls%'; UPDATE track_checkpoints SET all_up_to = 0, up_to = 0");
  db.close();
  const crashed = await start(dataDir);
  await expect.poll(() => sosIn(crashed)).toMatchObject([{ active: false }]);
  const back = await walker(crashed);
  await crashed.room.request('session.start', { name: 'Second' });
  await back.phone.ask({ type: 'data', data: {} });
  await back.phone.close();
  await crashed.stop();
  const last = await start(dataDir);
  onTestFinished(last.stop);
  expect(await sosIn(last)).toEqual([null]);
});
