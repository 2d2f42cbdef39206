import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openKeyFile, readKeyFile, writeKeyFile } from '../../../src/main/hub/key-file';
import type { KeyVault } from '../../../src/main/lan';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { vaultOf } from '../lan/vault-fixture';

let folder: string;
let plain: string;
let sealed: string;
beforeEach(() => {
  folder = temporaryFolder();
  plain = join(folder, 'keys.json');
  sealed = `${plain}.sealed`;
});
afterEach(() => removeFolder(folder));

const mode = (path: string): number => statSync(path).mode & 0o777;

test('with a keychain they are sealed, and nowhere in plain', () => {
  const keys = openKeyFile(plain, vaultOf('ann'));
  expect(readdirSync(folder)).toEqual(['keys.json.sealed']);
  expect(mode(sealed)).toBe(0o600);
  expect(readFileSync(sealed, 'utf8')).not.toContain(keys.adminKey);
  expect(openKeyFile(plain, vaultOf('ann'))).toEqual(keys);
  const changed = { ...keys, wifi: { ssid: 'Field', password: 'secret', isHidden: false } };
  expect(writeKeyFile(plain, changed, vaultOf('ann'))).toBe(true);
  expect(openKeyFile(plain, vaultOf('ann'))).toEqual(changed);
  expect(readdirSync(folder)).toEqual(['keys.json.sealed']);
});

test('keys in plain are sealed when the desktop starts, and stay the same keys', () => {
  const keys = openKeyFile(plain);
  expect(openKeyFile(plain, vaultOf('ann'))).toEqual(keys);
  expect(readdirSync(folder)).toEqual(['keys.json.sealed']);
  expect(openKeyFile(plain, vaultOf('ann'))).toEqual(keys);
});

test('sealed keys and a headless start: a sentence that says what to do, and nothing is changed', () => {
  openKeyFile(plain, vaultOf('ann'));
  const text = readFileSync(sealed, 'utf8');
  for (const read of [readKeyFile, openKeyFile]) {
    expect(() => read(plain)).toThrow('which only the desktop app can open');
  }
  expect([readFileSync(sealed, 'utf8'), readdirSync(folder)]).toEqual([text, ['keys.json.sealed']]);
});

test("another user's keychain: a sentence, and nothing is lost", () => {
  const keys = openKeyFile(plain, vaultOf('ann'));
  expect(() => openKeyFile(plain, vaultOf('ben'))).toThrow('another user or computer');
  expect(openKeyFile(plain, vaultOf('ann'))).toEqual(keys);
});

test('a crash between sealing and removing leaves both: the plain one goes', () => {
  const keys = openKeyFile(plain, vaultOf('ann'));
  writeFileSync(plain, JSON.stringify(keys));
  expect(openKeyFile(plain, vaultOf('ann'))).toEqual(keys);
  expect(existsSync(plain)).toBe(false);
});

test('a crash while writing leaves what there was, and lends its mode to nothing', () => {
  const keys = openKeyFile(plain, vaultOf('ann'));
  writeFileSync(`${sealed}.part`, 'ann:half', { mode: 0o644 });
  expect(openKeyFile(plain, vaultOf('ann'))).toEqual(keys);
  writeKeyFile(plain, keys, vaultOf('ann'));
  expect([mode(sealed), readdirSync(folder)]).toEqual([0o600, ['keys.json.sealed']]);
});

test.each<[string, KeyVault]>([
  ['gives back something else', { seal: () => 'x', open: () => 'something else' }],
  [
    'is locked',
    {
      seal: () => {
        throw new Error('locked');
      },
      open: () => '',
    },
  ],
])('a keychain that %s keeps nothing: the plain keys stay and go on working', (_name, broken) => {
  const keys = openKeyFile(plain);
  expect(openKeyFile(plain, broken)).toEqual(keys);
  expect(writeKeyFile(plain, keys, broken)).toBe(false);
  expect([mode(plain), readdirSync(folder)]).toEqual([0o600, ['keys.json']]);
});
