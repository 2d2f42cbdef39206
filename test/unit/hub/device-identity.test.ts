import { describe, expect, test } from 'vitest';
import type { Claim } from '../../../src/main/ingest';
import { claim, openDirectory, type TestDirectory, visit } from './device-fixture';

// docs/wire-protocol.md, section 3, "Which device" and "clientId".

const MINUTE = 60_000;

describe.each([
  ['in one run', (directory: TestDirectory) => directory],
  ['across a restart', (directory: TestDirectory) => directory.restart()],
])('the same phone comes back, %s', (_, later) => {
  test.each<[name: string, first: Partial<Claim>, second: Partial<Claim>]>([
    ['by deviceId', { externalId: 'p1' }, { externalId: 'p1' }],
    ['by deviceId, from elsewhere', { externalId: 'p1' }, { externalId: 'p1', address: '10.0.0.9', userAgent: null }],
    ['by deviceId, under another name', { externalId: 'p1', username: 'ann' }, { externalId: 'p1', username: 'bob' }],
    ['by username', { username: 'ann' }, { username: 'ann' }],
    ['by username, from elsewhere', { username: 'ann' }, { username: 'ann', address: '10.0.0.9', userAgent: 'other' }],
    ['nameless, by address and browser', {}, {}],
    ['nameless, without a browser', { userAgent: null }, { userAgent: null }],
  ])('%s', (__, first, second) => {
    const directory = openDirectory();
    const before = visit(directory, first);
    expect(visit(later(directory), second)).toBe(before);
  });

  test.each<[name: string, first: Partial<Claim>, second: Partial<Claim>]>([
    ['another deviceId, same name', { externalId: 'p1', username: 'ann' }, { externalId: 'p2', username: 'ann' }],
    ['a username does not find a phone that has an id', { externalId: 'p1', username: 'ann' }, { username: 'ann' }],
    ['an id is no username', { username: 'p1' }, { externalId: 'p1' }],
    ['a username in another case', { username: 'ann' }, { username: 'Ann' }],
    ['nameless from another address', {}, { address: '192.168.1.21' }],
    ['nameless with another browser', {}, { userAgent: 'Browser 2' }],
    ['nameless is never somebody with a name', { username: 'ann' }, {}],
  ])('or not: %s', (__, first, second) => {
    const directory = openDirectory();
    const before = visit(directory, first);
    expect(visit(later(directory), second)).not.toBe(before);
  });

  test('by its key, whatever else it says', async () => {
    const directory = openDirectory();
    const ann = visit(directory, { username: 'ann' });
    visit(directory, { externalId: 'p2' });
    const key = await directory.devices.issueKey(ann);
    const then = later(directory);
    expect(then.devices.deviceOfKey(key)).toBe(ann);
    expect(visit(then, { keyDeviceId: ann, externalId: 'p2', username: 'bob', address: '10.0.0.9' })).toBe(ann);
  });

  test('a claimed id is its own: a join key with it makes another device, and an alert', () => {
    const directory = openDirectory();
    const first = visit(directory, { externalId: 'p1', username: 'ann' });
    expect(visit(directory, { externalId: 'p1' })).toBe(first);
    visit(directory, { keyDeviceId: first, externalId: 'p1' });
    const then = later(directory);
    const second = visit(then, { externalId: 'p1', address: '10.0.0.66' });
    expect(second).not.toBe(first);
    expect(then.refusals).toEqual(['ann from 10.0.0.66']);
    // From then on the two are two: the stranger is found again, without another alert.
    expect(visit(then, { externalId: 'p1' })).toBe(second);
    expect(visit(then, { keyDeviceId: first })).toBe(first);
    expect(then.refusals).toHaveLength(1);
  });
});

describe('a personal key', () => {
  const badge = (said: Partial<Claim>): Partial<Claim> => ({ keyDeviceId: 'd_ann', isPersonalKey: true, ...said });
  const made = async (): Promise<TestDirectory> => {
    const directory = openDirectory();
    directory.keys.addPersonal('badge', 'd_ann');
    await directory.devices.expect('d_ann', 'Ann');
    return directory;
  };

  test('is that person in any phone, until the first has come with a key of its own', async () => {
    const directory = await made();
    for (const said of [{ externalId: 'p1' }, { externalId: 'p2' }, { username: 'ann' }, {}])
      expect(visit(directory, badge(said))).toBe('d_ann');
    expect(directory.refusals).toEqual([]);
  });

  test('then only in that phone; in another it is a join key, and an alert once', async () => {
    const directory = await made();
    visit(directory, badge({ externalId: 'p1' }));
    visit(directory, { keyDeviceId: 'd_ann', externalId: 'p1' });
    const second = visit(directory, badge({ externalId: 'p2', username: 'mallory', address: '10.0.0.66' }));
    expect(second).not.toBe('d_ann');
    expect(visit(directory, badge({ externalId: 'p2' }))).toBe(second);
    expect(directory.refusals).toEqual(['Ann from 10.0.0.66']);
    expect(visit(directory, badge({ externalId: 'p1' }))).toBe('d_ann');
    expect(directory.devices.get('d_ann')?.device.name).toBe('Ann');
  });

  test('without any id it is one new phone, however many requests come', async () => {
    const directory = await made();
    visit(directory, { keyDeviceId: 'd_ann', externalId: 'p1' });
    const { deviceId } = directory.devices.admit(claim(badge({})));
    directory.devices.keep(deviceId);
    expect(deviceId).not.toBe('d_ann');
    expect(directory.devices.admit(claim(badge({}))).deviceId).toBe(deviceId);
  });

  test('a copy waits to be let in, where new phones do', async () => {
    const directory = await made();
    visit(directory, { keyDeviceId: 'd_ann', externalId: 'p1' });
    directory.mustApprove(true);
    const { deviceId } = directory.devices.admit(claim(badge({ externalId: 'p2' })));
    expect(directory.devices.stateOf(deviceId)).toBe('pending');
  });

  test('nobody else is that person with the join key and the id', async () => {
    const directory = await made();
    visit(directory, badge({ externalId: 'p1' }));
    expect(visit(directory, { externalId: 'p1' })).not.toBe('d_ann');
    expect(directory.refusals).toHaveLength(1);
  });
});

test('an id that a phone told only later, with its key, is its own as well', () => {
  const directory = openDirectory();
  const ann = visit(directory, { username: 'ann' });
  visit(directory, { keyDeviceId: ann, externalId: 'p1' });
  expect(visit(directory, { externalId: 'p1' })).not.toBe(ann);
  expect(directory.refusals).toEqual(['ann from 192.168.1.20']);
});

test('a claimed username is its own: another phone of that name is "ann (2)", and an alert', () => {
  const directory = openDirectory();
  const ann = visit(directory, { username: 'ann' });
  visit(directory, { keyDeviceId: ann, username: 'ann' });
  const other = visit(directory, { username: 'ann' });
  expect(other).not.toBe(ann);
  expect(directory.devices.get(other)?.device.name).toBe('ann (2)');
  expect(directory.refusals).toEqual(['ann from 192.168.1.20']);
  expect(visit(directory, { username: 'ann' })).toBe(other);
});

test('a second live one of the same name is another device, shown as "ann (2)"', () => {
  const { devices, refusals } = openDirectory();
  const [first, second, third] = [1, 2, 3].map(() => devices.admit(claim({ username: 'ann' })));
  expect([first, second, third].map((one) => one?.name)).toEqual(['ann', 'ann (2)', 'ann (3)']);
  expect([first, second, third].map((one) => one?.clientId)).toEqual(['user_ann', 'user_ann (2)', 'user_ann (3)']);
  expect([first, second, third].map((one) => one?.isExclusive)).toEqual([false, false, false]);
  expect(refusals).toEqual([]);
});

test('those of one name come back in their order', () => {
  const directory = openDirectory();
  const { devices } = directory;
  const ids = [1, 2].map(() => devices.admit(claim({ username: 'ann' })).deviceId);
  for (const id of ids) {
    devices.keep(id);
    devices.release(id);
  }
  const again = directory.restart().devices;
  const back = [1, 2].map(() => again.admit(claim({ username: 'ann' })));
  expect(back.map(({ deviceId }) => deviceId)).toEqual(ids);
  expect(back.map(({ clientId }) => clientId)).toEqual(['user_ann', 'user_ann (2)']);
});

test('a second socket by deviceId is the same device, live twice', () => {
  const { devices } = openDirectory();
  const [first, second] = [devices.admit(claim({ externalId: 'p1' })), devices.admit(claim({ externalId: 'p1' }))];
  expect(second.deviceId).toBe(first.deviceId);
  expect(second.isExclusive).toBe(true);
  expect(devices.get(first.deviceId)?.live).toBe(2);
});

describe('nobody in particular', () => {
  test('is guessed for 10 minutes, and flagged', () => {
    const directory = openDirectory();
    const before = visit(directory, {});
    directory.clock.advance(10 * MINUTE);
    const again = directory.devices.admit(claim({}));
    expect(again).toMatchObject({ deviceId: before, flags: ['guessed_device'], isExclusive: false });
  });

  test('is somebody new after that', () => {
    const directory = openDirectory();
    const before = visit(directory, {});
    directory.clock.advance(10 * MINUTE + 1);
    expect(directory.devices.admit(claim({}))).toMatchObject({ flags: [], name: 'Phone 2' });
    expect(directory.devices.get(before)?.live).toBe(0);
  });

  test('counts the window from the last frame, should the hub have been killed', () => {
    const directory = openDirectory();
    const { deviceId } = directory.devices.admit(claim({}));
    directory.devices.keep(deviceId);
    directory.clock.advance(20 * MINUTE);
    const later = directory.restart();
    later.devices.sawFrame(deviceId, directory.clock.now() - MINUTE);
    expect(later.devices.admit(claim({})).deviceId).toBe(deviceId);
  });

  test('is not guessed while one is live there, nor when there were two', () => {
    const directory = openDirectory();
    const first = directory.devices.admit(claim({}));
    const second = directory.devices.admit(claim({}));
    expect(second.deviceId).not.toBe(first.deviceId);
    for (const { deviceId } of [first, second]) {
      directory.devices.keep(deviceId);
      directory.devices.release(deviceId);
    }
    expect([first.deviceId, second.deviceId]).not.toContain(directory.devices.admit(claim({})).deviceId);
  });
});

test.each<[said: Partial<Claim>, clientId: string | RegExp]>([
  [{ externalId: 'p1' }, 'p1'],
  [{ externalId: 'p1', username: 'ann' }, 'p1'],
  [{ username: 'ann' }, 'user_ann'],
  [{}, /^user_\d{13}_[0-9a-f]{8}$/],
])('clientId of %j', (said, clientId) => {
  expect(openDirectory().devices.admit(claim(said)).clientId).toMatch(
    clientId instanceof RegExp ? clientId : new RegExp(`^${clientId}$`),
  );
});
