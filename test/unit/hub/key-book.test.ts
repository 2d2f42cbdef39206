import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openKeyFile, readKeyFile } from '../../../src/main/hub/key-file';
import { HubKeyRing, keyIdOf } from '../../../src/main/hub/key-ring';
import { KeyBook } from '../../../src/main/hub/keys/key-book';
import { createTestClock, type TestClock } from './test-clock';

const HOUR_MS = 3_600_000;

interface Opened {
  readonly book: KeyBook;
  readonly ring: HubKeyRing;
  readonly expected: Map<string, string>;
  readonly ended: string[];
  readonly told: number[];
  readonly bugs: unknown[];
}

let folder: string;
let path: string;
let clock: TestClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-book-'));
  path = join(folder, 'keys.json');
  clock = createTestClock();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As the hub opens it: again, it is a restart. */
function open(): Opened {
  const keys = openKeyFile(path);
  const ring = new HubKeyRing(keys, [], clock);
  const expected = new Map<string, string>();
  const bugs: unknown[] = [];
  const book = new KeyBook(keys, {
    path,
    vault: null,
    ring,
    clock,
    expectDevice: (deviceId, name) => {
      expected.set(deviceId, name);
      return Promise.resolve();
    },
    onBug: (error) => bugs.push(error),
  });
  const ended: string[] = [];
  const told: number[] = [];
  book.ended.listen(({ info }) => ended.push(info.keyId));
  book.changed.listen((keys) => told.push(keys.length));
  return { book, ring, expected, ended, told, bugs };
}

test.each(['join', 'viewer', 'admin'] as const)(
  'a rotated %s key: the old one opens nothing, the new one is kept',
  (kind) => {
    const { book, ring, ended } = open();
    const before = book.roots[`${kind}Key`];
    const { key, info } = book.rotate(kind);
    expect(ring.identify(before)).toBeNull();
    expect(ring.identify(key)).toEqual({ kind, keyId: info.keyId });
    expect(ended).toEqual([keyIdOf(before)]);
    expect(readKeyFile(path)?.[`${kind}Key`]).toBe(key);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(open().ring.identify(before)).toBeNull();
  },
);

test('a personal key is bound to a device of its own, and survives a restart', async () => {
  const { book, expected, told } = open();
  const [ann, ben] = await book.makePersonal(['Ann', 'Ben']);
  expect([ann?.kind, ann?.name, ben?.name]).toEqual(['personal', 'Ann', 'Ben']);
  expect(ann?.deviceId).not.toBe(ben?.deviceId);
  expect(expected).toEqual(
    new Map([
      [ann?.deviceId, 'Ann'],
      [ben?.deviceId, 'Ben'],
    ]),
  );
  expect(told).toEqual([5]);
  const again = open();
  const { key } = again.book.show(ann?.keyId ?? '');
  expect(key).toMatch(/^personal-[0-9a-z]{26}$/);
  expect(again.ring.identify(key)).toEqual({
    kind: 'device',
    keyId: ann?.keyId,
    deviceId: ann?.deviceId,
    isPersonal: true,
  });
  expect(again.expected).toEqual(expected);
});

test('a revoked key opens nothing, also after a restart; it is told once', async () => {
  const { book, ring, ended } = open();
  const [ann] = await book.makePersonal(['Ann']);
  const tablet = book.makeViewer('Tablet', null);
  const { key } = book.show(ann?.keyId ?? '');
  book.revoke(ann?.keyId ?? '');
  book.revoke(tablet.info.keyId);
  for (const one of [ring, open().ring]) for (const dead of [key, tablet.key]) expect(one.identify(dead)).toBeNull();
  expect(ended).toEqual([ann?.keyId, tablet.info.keyId]);
  expect(book.list()).toHaveLength(3);
  expect(() => book.revoke(tablet.info.keyId)).toThrow('There is no such key any more.');
  expect(() => book.revoke(keyIdOf(book.roots.joinKey))).toThrow('A hub always has this key');
});

test('the personal keys of a device go with it', async () => {
  const { book, ring } = open();
  const [ann, ben] = await book.makePersonal(['Ann', 'Ben']);
  const keyOf = (keyId = ''): string => book.show(keyId).key;
  const [annKey, benKey] = [keyOf(ann?.keyId), keyOf(ben?.keyId)];
  book.revokeOfDevice(ann?.deviceId ?? '');
  book.revokeOfDevice('d_nobody');
  expect([ring.identify(annKey), ring.identify(benKey)?.keyId]).toEqual([null, ben?.keyId]);
});

test.each([1, 8, 24, 168])(
  'a viewer key of %i h ends to the millisecond, and what is open with it is told to end once',
  (hours) => {
    const { book, ring, ended } = open();
    const { key, info } = book.makeViewer('Tablet', hours);
    expect(info.expiresAtMs).toBe(clock.now() + hours * HOUR_MS);
    clock.advance(hours * HOUR_MS - 1);
    book.tick();
    expect([ring.identify(key)?.kind, ended]).toEqual(['viewer', []]);
    clock.advance(1);
    expect(ring.identify(key)).toBeNull();
    book.tick();
    book.tick();
    expect(ended).toEqual([info.keyId]);
    // Still listed, so that the operator sees why the tablet went dark; after a restart nothing is open to be ended.
    const again = open();
    again.book.tick();
    expect(again.ended).toEqual([]);
    expect(again.book.list().at(-1)).toMatchObject({ keyId: info.keyId, name: 'Tablet' });
  },
);

test('when a key was last used is known, and survives a restart', () => {
  const { book, ring } = open();
  const { key, info } = book.makeViewer('Tablet', null);
  const lastUsed = (of: KeyBook): number | null | undefined =>
    of.list().find(({ keyId }) => keyId === info.keyId)?.lastUsedAtMs;
  expect(lastUsed(book)).toBeNull();
  clock.advance(5_000);
  ring.identify(key);
  expect(lastUsed(book)).toBe(clock.now());
  const usedAtMs = clock.now();
  clock.advance(5 * 60_000);
  book.tick();
  expect(lastUsed(open().book)).toBe(usedAtMs);
});

test('a file that can not be written changes nothing', () => {
  const { book, ring, ended, bugs } = open();
  const { joinKey } = book.roots;
  rmSync(folder, { recursive: true });
  expect(() => book.rotate('join')).toThrow('nothing was changed');
  expect([book.roots.joinKey, ring.identify(joinKey)?.kind, ended, bugs.length]).toEqual([joinKey, 'join', [], 1]);
});

test('the WiFi of the poster is kept with the keys', () => {
  const wifi = { ssid: 'Field', password: 'a;b', isHidden: false };
  open().book.setWifi(wifi);
  expect(open().book.wifi).toEqual(wifi);
});

test('too many keys are a refusal, not a slow file', async () => {
  const { book } = open();
  for (let count = 0; count < 1000; count += 200) await book.makePersonal(new Array<string>(200).fill('x'));
  await expect(book.makePersonal(['one more'])).rejects.toThrow('at most 1000 personal keys');
});
