import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepAuthorityKey, readAuthorityKey } from '../../../src/main/lan/authority-key';
import type { KeyVault } from '../../../src/main/lan/key-vault';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { vaultOf } from './vault-fixture';

const SECRET = '-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----\n';
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

let folder: string;
let plain: string;
let sealed: string;
beforeEach(() => {
  folder = join(temporaryFolder(), 'tls');
  mkdirSync(folder);
  plain = join(folder, 'ca-key.pem');
  sealed = join(folder, 'ca-key.sealed');
});
afterEach(() => removeFolder(join(folder, '..')));

test('without a keychain it is a file for its owner only', async () => {
  expect(await readAuthorityKey(folder, null, log)).toEqual({ kind: 'none' });
  await keepAuthorityKey(folder, SECRET, null, log);
  expect(statSync(plain).mode & 0o777).toBe(0o600);
  expect(await readAuthorityKey(folder, null, log)).toEqual({ kind: 'open', keyPem: SECRET });
});

test('with one it is sealed, and nowhere in plain', async () => {
  await keepAuthorityKey(folder, SECRET, vaultOf('ann'), log);
  expect(existsSync(plain)).toBe(false);
  expect(statSync(sealed).mode & 0o777).toBe(0o600);
  expect(readFileSync(sealed, 'utf8')).not.toContain('secret');
  expect(await readAuthorityKey(folder, vaultOf('ann'), log)).toEqual({ kind: 'open', keyPem: SECRET });
});

test('a plain key is sealed when the desktop starts, and stays the same key', async () => {
  await keepAuthorityKey(folder, SECRET, null, log);
  expect(await readAuthorityKey(folder, vaultOf('ann'), log)).toEqual({ kind: 'open', keyPem: SECRET });
  expect(existsSync(plain)).toBe(false);
  expect(await readAuthorityKey(folder, vaultOf('ann'), log)).toEqual({ kind: 'open', keyPem: SECRET });
});

test('a sealed key and a headless start: a sentence that says what to do', async () => {
  await keepAuthorityKey(folder, SECRET, vaultOf('ann'), log);
  const kept = await readAuthorityKey(folder, null, log);
  expect(kept.kind).toBe('shut');
  expect(kept).toMatchObject({ sentence: expect.stringContaining('only the desktop app can open') as string });
  expect(existsSync(sealed)).toBe(true);
});

test("another user's keychain: a sentence, and nothing is lost", async () => {
  await keepAuthorityKey(folder, SECRET, vaultOf('ann'), log);
  const kept = await readAuthorityKey(folder, vaultOf('ben'), log);
  expect(kept).toMatchObject({ sentence: expect.stringContaining('another user or computer') as string });
  expect(await readAuthorityKey(folder, vaultOf('ann'), log)).toEqual({ kind: 'open', keyPem: SECRET });
});

test('a crash between sealing and removing leaves both: the plain one goes', async () => {
  await keepAuthorityKey(folder, SECRET, vaultOf('ann'), log);
  writeFileSync(plain, SECRET);
  expect(await readAuthorityKey(folder, vaultOf('ann'), log)).toEqual({ kind: 'open', keyPem: SECRET });
  expect(existsSync(plain)).toBe(false);
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
])('a keychain that %s keeps nothing: the plain key stays and goes on working', async (_name, broken) => {
  await keepAuthorityKey(folder, SECRET, null, log);
  expect(await readAuthorityKey(folder, broken, log)).toEqual({ kind: 'open', keyPem: SECRET });
  expect(readFileSync(plain, 'utf8')).toBe(SECRET);
  expect(existsSync(sealed)).toBe(false);
});
