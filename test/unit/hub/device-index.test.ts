import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Device } from '../../../src/common/model/device';
import { COLOUR_COUNT } from '../../../src/common/model/live-device';
import type { DeviceEntry } from '../../../src/main/hub/device-identity';
import { DeviceIndex } from '../../../src/main/hub/device-index';
import { BLANK_DEVICE } from '../../helpers/blank-device';
import { openDirectory, visit } from './device-fixture';

const few = fc.constantFrom('a', 'b', 'c');
const fewOrNone = fc.option(few);
const said = fc.record(
  {
    identity: fc.constantFrom<Device['identity']>('deviceId', 'username', 'nameless'),
    externalId: fewOrNone,
    username: fewOrNone,
    lastAddress: fewOrNone,
    userAgent: fewOrNone,
    name: few,
    lastSeenAtMs: fc.nat(),
  },
  { requiredKeys: [] },
);
const id = fc.nat({ max: 7 }).map((number) => `d${number}`);
const step = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), id, said, colour: fc.nat({ max: COLOUR_COUNT - 1 }) }),
  fc.record({ kind: fc.constant('change' as const), id, said }),
  fc.record({ kind: fc.constant('delete' as const), id }),
);

const ids = (entries: Iterable<DeviceEntry>): string[] => [...entries].map(({ device }) => device.deviceId);

test('whatever comes, changes and goes, each list is what walking all of them would find, in the order they came', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const index = new DeviceIndex();
      const all: DeviceEntry[] = [];
      for (const one of steps) {
        const known = all.find(({ device }) => device.deviceId === one.id);
        if (one.kind === 'add' && !known) {
          const device = { ...BLANK_DEVICE, ...one.said, deviceId: one.id };
          const entry = { device, colour: one.colour, live: 0, isKept: true, isSaved: true, hasFrames: false };
          index.add(entry);
          all.push(entry);
        } else if (one.kind === 'change' && known) index.change(known, one.said);
        else if (one.kind === 'delete' && known) {
          index.delete(one.id);
          all.splice(all.indexOf(known), 1);
        }
      }
      const where = (fits: (device: Device) => boolean): string[] => ids(all.filter(({ device }) => fits(device)));
      expect(ids(index.values())).toEqual(ids(all));
      for (const key of ['a', 'b', 'c']) {
        expect(ids(index.withExternalId(key))).toEqual(where(({ externalId }) => externalId === key));
        expect(ids(index.withUsername(key))).toEqual(
          where(({ identity, username }) => identity === 'username' && username === key),
        );
        expect(index.isNamed(key)).toBe(all.some(({ device }) => device.name === key));
        for (const other of ['a', 'b', null])
          expect(ids(index.seenFrom(key, other))).toEqual(
            where((one) => one.identity !== 'deviceId' && one.lastAddress === key && one.userAgent === other),
          );
      }
      const uses = Array.from({ length: COLOUR_COUNT }, (_, at) => all.filter(({ colour }) => colour === at).length);
      expect(index.leastUsedColour()).toBe(uses.indexOf(Math.min(...uses)));
    }),
  );
});

test('one that was forgotten changes by itself, and is found by nothing', () => {
  const index = new DeviceIndex();
  const device = { ...BLANK_DEVICE, deviceId: 'd1', externalId: 'a' };
  const entry = { device, colour: 0, live: 0, isKept: false, isSaved: false, hasFrames: false };
  index.add(entry);
  index.delete('d1');
  index.change(entry, { externalId: 'b' });
  expect(entry.device.externalId).toBe('b');
  expect([index.get('d1'), index.withExternalId('a'), index.withExternalId('b')]).toEqual([undefined, [], []]);
});

test('the directory keeps it right: renamed, merged and erased people are found by what they still are', async () => {
  const directory = openDirectory();
  const { devices } = directory;
  const ann = visit(directory, { username: 'ann' });
  const ben = visit(directory, { externalId: 'p1', username: 'ben' });
  await devices.rename(ann, 'Hanna');
  await devices.change(ann, { mergedInto: ben });
  expect([visit(directory, { username: 'ann' }), visit(directory, { externalId: 'p1' })]).toEqual([ann, ben]);
  await devices.erase(ann);
  await devices.erase(ben);
  const again = [visit(directory, { username: 'ann' }), visit(directory, { externalId: 'p1' })];
  expect(again).not.toContain(ann);
  expect(again).not.toContain(ben);
  // Its name is free again.
  expect(devices.get(again[0] ?? '')?.device).toMatchObject({ name: 'ann', ordinal: 1 });
});
