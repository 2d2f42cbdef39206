import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId, newKey, randomText } from '../../../src/main/hub/ids';
import { openKeyFile, readKeyFile, writeKeyFile } from '../../../src/main/hub/key-file';
import { HubKeyRing, hashKey, keyIdOf } from '../../../src/main/hub/key-ring';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('keys are made once, for the owner only, and survive a restart', () => {
  const path = join(folder, 'keys.json');
  expect(readKeyFile(path)).toBeNull();
  const keys = openKeyFile(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(openKeyFile(path)).toEqual(keys);
  expect(readKeyFile(path)).toEqual(keys);
  expect(readdirSync(folder)).toEqual(['keys.json']);
  expect(new Set([keys.joinKey, keys.viewerKey, keys.adminKey]).size).toBe(3);
  expect(keys).toMatchObject({ version: 2, personal: [], viewers: [], wifi: null });
});

test('a half file left over by a crash does not lend its mode to the new one', () => {
  const path = join(folder, 'keys.json');
  writeFileSync(`${path}.part`, '{"joinKey"', { mode: 0o644 });
  openKeyFile(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test.each([
  ['empty', ''],
  ['cut off', '{"joinKey": "join-'],
  ['something else', '[]'],
  ['without a key', '{"joinKey":"join-00000000000000000000000000","viewerKey":"viewer-00000000000000000000000000"}'],
  ['with a key too short to be safe', '{"joinKey":"a","viewerKey":"b","adminKey":"c"}'],
])('a file that is %s is left as it is, and said in a sentence', (_, text) => {
  const path = join(folder, 'keys.json');
  writeFileSync(path, text);
  const sentence = `The keys file ${path} is damaged. Move it away and start again: new keys are made, phones pair anew.`;
  expect(() => openKeyFile(path)).toThrow(sentence);
  expect(() => readKeyFile(path)).toThrow(sentence);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('a file of the first version is read as it is, and written anew when something changes', () => {
  const path = join(folder, 'keys.json');
  const old = { joinKey: newKey('join'), viewerKey: newKey('viewer'), adminKey: newKey('admin') };
  const text = JSON.stringify(old);
  writeFileSync(path, text, { mode: 0o600 });
  const keys = openKeyFile(path);
  expect(keys).toEqual({
    version: 2,
    ...old,
    personal: [],
    viewers: [],
    lastUsedAtMs: {},
    wifi: null,
    proofSecret: keys.proofSecret,
  });
  expect(openKeyFile(path).proofSecret).toBe(keys.proofSecret);
  expect(readFileSync(path, 'utf8')).toBe(text);
  writeKeyFile(path, keys);
  expect(readKeyFile(path)).toEqual(keys);
});

test('a file of a newer Perch is left alone', () => {
  const path = join(folder, 'keys.json');
  writeFileSync(path, '{"version":3}');
  expect(() => openKeyFile(path)).toThrow('was written by a newer Perch');
});

test('the ring knows each key and nothing else', () => {
  const keys = openKeyFile(join(folder, 'keys.json'));
  const deviceKey = newKey('device');
  const ring = new HubKeyRing(keys, [{ hash: hashKey(deviceKey), deviceId: 'd1' }]);
  expect(ring.identify(keys.joinKey)).toEqual({ kind: 'join', keyId: keyIdOf(keys.joinKey) });
  expect(ring.identify(keys.viewerKey)).toEqual({ kind: 'viewer', keyId: keyIdOf(keys.viewerKey) });
  expect(ring.identify(keys.adminKey)).toEqual({ kind: 'admin', keyId: keyIdOf(keys.adminKey) });
  expect(ring.identify(deviceKey)).toEqual({ kind: 'device', keyId: keyIdOf(deviceKey), deviceId: 'd1' });
  for (const wrong of ['', `${keys.adminKey} `, keys.adminKey.slice(0, -1), hashKey(deviceKey), '__proto__'])
    expect(ring.identify(wrong)).toBeNull();
  const later = newKey('device');
  ring.addDeviceKey(hashKey(later), 'd2');
  expect(ring.identify(later)).toEqual({ kind: 'device', keyId: keyIdOf(later), deviceId: 'd2' });
});

test('keys hold 130 random bits and are safe anywhere', () => {
  expect(newKey('admin')).toMatch(/^admin-[0-9a-hjkmnp-tv-z]{26}$/);
  expect(newId('s')).toMatch(/^s_[0-9a-hjkmnp-tv-z]{12}$/);
  const letters = new Set(randomText(5_000));
  expect(letters.size).toBe(32);
});
