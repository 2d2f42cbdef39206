import { expect, test } from 'vitest';
import { COLOUR_COUNT } from '../../../src/common/model/live-device';
import { type Claim, KickedError } from '../../../src/main/ingest';
import { claim, openDirectory, visit } from './device-fixture';
import { T0 } from './test-clock';

test('a connection that stores no frame leaves no device', () => {
  const { devices, rows } = openDirectory();
  for (const said of [{}, { username: 'ann' }, { externalId: 'p1' }]) {
    const { deviceId } = devices.admit(claim(said));
    expect(devices.get(deviceId)?.isKept).toBe(false);
    devices.release(deviceId);
    expect(devices.get(deviceId)).toBeNull();
  }
  expect(devices.list()).toEqual([]);
  expect(rows.size).toBe(0);
});

test('it is kept from the first frame on, with when it was last seen', () => {
  const directory = openDirectory();
  const { devices, rows, clock } = directory;
  const { deviceId } = devices.admit(claim({ username: 'ann', platform: 'Android' }));
  devices.keep(deviceId);
  clock.advance(5_000);
  devices.release(deviceId);
  expect(rows.get(deviceId)).toMatchObject({
    name: 'ann',
    identity: 'username',
    platform: 'Android',
    lastAddress: '192.168.1.20',
    firstSeenAtMs: T0,
    lastSeenAtMs: T0 + 5_000,
    isClaimed: false,
  });
});

test('a device with a key and no frame is known again, but is none of those to show', async () => {
  const directory = openDirectory();
  const { deviceId } = directory.devices.admit(claim({ externalId: 'p1' }));
  const key = await directory.devices.issueKey(deviceId);
  directory.devices.release(deviceId);
  const later = directory.restart();
  expect(later.devices.deviceOfKey(key)).toBe(deviceId);
  expect(later.devices.get(deviceId)).toMatchObject({ isKept: true, hasFrames: false });
});

test('a key is kept as a hash, and is worth nothing before it is durable', async () => {
  const { devices, keyRows, failWrites } = openDirectory();
  const { deviceId } = devices.admit(claim({ externalId: 'p1' }));
  const key = await devices.issueKey(deviceId);
  expect(key).toMatch(/^device-[0-9a-z]{26}$/);
  expect(keyRows).toHaveLength(1);
  expect(keyRows[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(keyRows)).not.toContain(key);
  failWrites(true);
  await expect(devices.issueKey(deviceId)).rejects.toThrow('disk full');
  expect(keyRows).toHaveLength(1);
});

test.each(['join-key', 'viewer-key', 'admin-key', 'no-key'])('%s is no device', (key) => {
  expect(openDirectory().devices.deviceOfKey(key)).toBeNull();
});

test('a name the operator gave stays until the phone says another one', async () => {
  const directory = openDirectory();
  const { devices, rows } = directory;
  const deviceId = visit(directory, { externalId: 'p1', username: 'ann' });
  await devices.rename(deviceId, 'Team 1');
  expect(rows.get(deviceId)?.name).toBe('Team 1');
  visit(directory, { externalId: 'p1', username: 'ann' });
  expect(devices.get(deviceId)?.device.name).toBe('Team 1');
  visit(directory, { externalId: 'p1' });
  expect(devices.get(deviceId)?.device).toMatchObject({ name: 'Team 1', username: 'ann' });
  visit(directory, { externalId: 'p1', username: 'bob' });
  expect(rows.get(deviceId)).toMatchObject({ name: 'bob', username: 'bob' });
});

test('a phone with a key that takes the name of another is numbered like any second one', () => {
  const directory = openDirectory();
  const bob = directory.devices.admit(claim({ username: 'bob' }));
  const ann = visit(directory, { username: 'ann' });
  const renamed = directory.devices.admit(claim({ keyDeviceId: ann, username: 'bob' }));
  expect(renamed.name).toBe('bob (2)');
  expect(renamed.clientId).toBe('user_bob (2)');
  expect(bob.clientId).toBe('user_bob');
});

test('a nameless phone with a key that says a name has it from then on', () => {
  const directory = openDirectory();
  const phone = visit(directory, {});
  expect(directory.devices.get(phone)?.device.name).toBe('Phone 1');
  expect(directory.devices.admit(claim({ keyDeviceId: phone, username: 'ann' })).name).toBe('ann');
});

test('renaming nobody is refused', async () => {
  await expect(openDirectory().devices.rename('d_none', 'x')).rejects.toMatchObject({ code: 'not_found' });
});

test('a failing disk is told to the log and ends nothing', async () => {
  const directory = openDirectory();
  directory.failWrites(true);
  const deviceId = visit(directory, { username: 'ann' });
  await expect.poll(() => directory.bugs.length).toBeGreaterThan(0);
  expect(directory.devices.get(deviceId)?.isKept).toBe(true);
});

test('ten people are ten colours, the same after a restart', () => {
  const directory = openDirectory();
  const people = Array.from({ length: COLOUR_COUNT }, (_, index) => visit(directory, { username: `person ${index}` }));
  const coloursIn = ({ devices }: typeof directory) => people.map((deviceId) => devices.get(deviceId)?.colour);
  expect(new Set(coloursIn(directory)).size).toBe(COLOUR_COUNT);
  expect(coloursIn(directory.restart())).toEqual(coloursIn(directory));
});

test('who was removed by the operator is refused for 10 minutes, frames or not, and then is the same', () => {
  for (const isKept of [false, true]) {
    const { devices, clock } = openDirectory();
    const { deviceId } = devices.admit(claim({ externalId: 'p1' }));
    if (isKept) devices.keep(deviceId);
    devices.keepOut(deviceId);
    devices.release(deviceId);
    expect(() => devices.admit(claim({ externalId: 'p1' }))).toThrow(KickedError);
    expect(devices.get(deviceId)?.live).toBe(0);
    expect(devices.admit(claim({ externalId: 'p2' })).deviceId).not.toBe(deviceId);
    clock.advance(10 * 60_000);
    expect(devices.admit(claim({ externalId: 'p1' })).deviceId).toBe(deviceId);
  }
});

test('who was removed stays out over a restart, for as long as was left', () => {
  const directory = openDirectory();
  const deviceId = visit(directory, { externalId: 'p1' });
  directory.devices.keepOut(deviceId);
  directory.clock.advance(9 * 60_000);
  const later = directory.restart();
  expect(() => later.devices.admit(claim({ externalId: 'p1' }))).toThrow(KickedError);
  directory.clock.advance(60_000);
  expect(later.devices.admit(claim({ externalId: 'p1' })).deviceId).toBe(deviceId);
});

test('whoever pairs in a loop and sends nothing keeps 500 devices and their keys, not those of others', async () => {
  const directory = openDirectory();
  const { devices, keyRows, clock } = directory;
  const pair = async (said: Partial<Claim>): Promise<string> => {
    clock.advance(1);
    const { deviceId } = devices.admit(claim(said));
    await devices.issueKey(deviceId);
    return deviceId;
  };
  const walker = await pair({ externalId: 'walks' });
  devices.sawFrame(walker, clock.now());
  devices.release(walker);
  const there = await pair({ externalId: 'there' });
  const loop: string[] = [];
  for (let at = 0; at < 520; at++) {
    const deviceId = await pair({ externalId: `loop ${at}` });
    devices.release(deviceId);
    loop.push(deviceId);
  }
  expect(devices.list()).toHaveLength(502);
  expect(new Set(keyRows.map(({ deviceId }) => deviceId))).toEqual(new Set([walker, there, ...loop.slice(20)]));
  expect(loop.slice(0, 20).every((deviceId) => devices.get(deviceId) === null)).toBe(true);
});

test('a phone that asks for a key again and again has the newest 32, after a restart too', async () => {
  const directory = openDirectory();
  const { deviceId } = directory.devices.admit(claim({ externalId: 'p1' }));
  const keys: string[] = [];
  for (let at = 0; at < 40; at++) keys.push(await directory.devices.issueKey(deviceId));
  for (const { devices } of [directory, directory.restart()]) {
    const good = keys.filter((key) => devices.deviceOfKey(key) === deviceId);
    expect(good).toEqual(keys.slice(-32));
  }
});

test('who was erased gets no name back from their phone, only from the operator', async () => {
  const directory = openDirectory();
  const { devices } = directory;
  const deviceId = visit(directory, { externalId: 'p1', username: 'ann' });
  visit(directory, { keyDeviceId: deviceId, username: 'ann' });
  await devices.erase(deviceId);
  for (const later of [directory, directory.restart()]) {
    for (const _ of [1, 2]) visit(later, { keyDeviceId: deviceId, externalId: 'p1', username: 'ann' });
    expect(later.devices.get(deviceId)?.device).toMatchObject({ name: 'Erased person', username: null });
  }
  const stranger = visit(directory, { username: 'ann' });
  expect(stranger).not.toBe(deviceId);
  await devices.rename(deviceId, 'Ann Two');
  visit(directory, { keyDeviceId: deviceId });
  expect(devices.get(deviceId)?.device.name).toBe('Ann Two');
});
