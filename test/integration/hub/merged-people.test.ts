import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHubClient, type HubClient } from '../../../src/common/contract/client';
import { openWebSocketTransport } from '../../../src/renderer/control-room/connect/web-socket-transport';
import { type HubProcess, runPerch, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

let dataDir: string;
let hub: HubProcess;
let room: HubClient;
let closeRoom: () => void;

async function start(): Promise<void> {
  hub = await startHubProcess(dataDir);
  const { http, adminKey } = hub.ready;
  const transport = await openWebSocketTransport(`${http.replace('http', 'ws')}/console`, adminKey);
  room = createHubClient(transport);
  closeRoom = () => transport.close();
}

async function restart(): Promise<void> {
  closeRoom();
  expect(await hub.stop()).toBe(0);
  await start();
}

beforeEach(async () => {
  dataDir = temporaryFolder();
  await start();
});
afterEach(async () => {
  closeRoom();
  expect(await hub.stop()).toBe(0);
  removeFolder(dataDir);
});

async function walker(username: string): Promise<{ phone: WireClient; deviceId: string }> {
  const phone = await WireClient.open(`${hub.ready.http.replace('http', 'ws')}/pocket-parrot?key=${hub.ready.joinKey}`);
  const { deviceId } = await phone.ask({ type: 'handshake', deviceId: `x-${username}`, username });
  return { phone, deviceId: String(deviceId) };
}

const get = async (path: string): Promise<string> => {
  const answer = await fetch(`${hub.ready.http}${path}`, {
    headers: { authorization: `Bearer ${hub.ready.viewerKey}` },
  });
  return answer.text();
};

interface Listed {
  readonly items: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly next: number | null;
}
const items = async (path: string): Promise<Listed['items']> => (JSON.parse(await get(path)) as Listed).items;

/** `device_id device_name text` of each row. */
function rowsOf(csv: string): string[] {
  const [header = '', ...rows] = csv.trimEnd().split('\r\n');
  const columns = header.split(',');
  const [id, name, text] = ['device_id', 'device_name', 'text'].map((column) => columns.indexOf(column));
  return rows.map((row) => {
    const cells = row.split(',');
    return `${cells[id ?? 0]} ${cells[name ?? 0]} ${cells[text ?? 0]}`;
  });
}

const say = async (phone: WireClient, text: string, latitude: number): Promise<void> => {
  const data = { timestamp: Date.now(), text, gps: { latitude, longitude: 8 } };
  expect(await phone.ask({ type: 'data', data })).toMatchObject({ type: 'ack' });
};

test('lite and secure page are one person in CSV, API and live, over a restart; taken apart they are two; erased both go', async () => {
  const [ann, lite, bob] = [await walker('ann'), await walker('phone'), await walker('bob')];
  await say(ann.phone, 'one', 1);
  await say(lite.phone, 'two', 2);
  await say(bob.phone, 'three', 3);
  await say(ann.phone, 'four', 4);
  await say(lite.phone, 'five', 5);
  await room.request('device.merge', { deviceId: lite.deviceId, into: ann.deviceId });

  const person = `${ann.deviceId} ann`;
  const own = [`${person} one`, `${person} two`, `${person} four`, `${person} five`];
  const all = [...own.slice(0, 2), `${bob.deviceId} bob three`, ...own.slice(2)];
  for (const run of ['first', 'restarted']) {
    const shown = (await room.request('live.subscribe', {})).devices.find(({ name }) => name === 'ann');
    expect(shown, run).toMatchObject({ merged: [lite.deviceId], frames: 4, position: { value: { latitude: 5 } } });
    expect(rowsOf(await get('/api/v1/sessions/latest/export')), run).toEqual(all);
    expect(rowsOf(runPerch(['export', '--data', dataDir, '--session', 'all', '--out', '-']).stdout)).toEqual(all);
    for (const deviceId of [ann.deviceId, lite.deviceId]) {
      expect(rowsOf(await get(`/api/v1/sessions/all/export?device=${deviceId}`)), run).toEqual(own);
      const frames = await items(`/api/v1/frames?device=${deviceId}&limit=3`);
      expect(frames.map((frame) => frame.deviceId)).toEqual([ann.deviceId, ann.deviceId, ann.deviceId]);
    }
    const devices = await items('/api/v1/devices');
    expect(devices.map(({ id, merged, frames }) => ({ id, merged, frames }))).toEqual([
      { id: ann.deviceId, merged: [lite.deviceId], frames: 4 },
      { id: bob.deviceId, merged: [], frames: 1 },
    ]);
    expect(await items('/api/v1/sessions')).toMatchObject([{ devices: 2, frames: 5 }]);
    const { devices: certified } = JSON.parse(await get('/api/v1/sessions/latest/certificate')) as {
      devices: Array<Record<string, unknown>>;
    };
    expect(certified).toMatchObject([
      { deviceId: ann.deviceId, merged: [lite.deviceId], stored: 4 },
      { deviceId: bob.deviceId, merged: [], stored: 1 },
    ]);
    if (run === 'restarted') break;
    for (const { phone } of [ann, lite, bob]) await phone.close();
    await restart();
  }

  await room.request('device.unmerge', { deviceId: lite.deviceId });
  expect(rowsOf(await get(`/api/v1/sessions/all/export?device=${lite.deviceId}`))).toEqual([
    `${lite.deviceId} phone two`,
    `${lite.deviceId} phone five`,
  ]);
  const apart = (await room.request('live.subscribe', {})).devices;
  expect(apart.map(({ name, frames, position }) => [name, frames, position?.value.latitude]).sort()).toEqual([
    ['ann', 2, 4],
    ['bob', 1, 3],
    ['phone', 2, 5],
  ]);

  // The phone that comes back is who it was merged into, and its frames go on.
  await room.request('device.merge', { deviceId: lite.deviceId, into: ann.deviceId });
  const again = await walker('phone');
  expect(again.deviceId).toBe(lite.deviceId);
  await say(again.phone, 'six', 6);
  await again.phone.close();
  expect(rowsOf(await get('/api/v1/sessions/latest/export')).at(-1)).toBe(`${person} six`);

  const gone = await room.request('device.erase', { deviceId: ann.deviceId, name: 'ann' });
  expect(gone).toMatchObject({ frames: 5 });
  expect(rowsOf(await get('/api/v1/sessions/latest/export'))).toEqual([`${bob.deviceId} bob three`]);
  expect(await items('/api/v1/sessions')).toMatchObject([{ devices: 1, frames: 1 }]);
});
