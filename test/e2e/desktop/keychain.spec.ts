import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startDesktop } from '../../helpers/electron-app';
import { runPerch, startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';

let folder: string;
test.beforeEach(() => {
  folder = temporaryFolder();
});
test.afterEach(() => removeFolder(folder));

const tls = (name: string): string => join(folder, 'data', 'tls', name);

test("the desktop seals the CA's key of a headless hub with the keychain, and both go on with the same CA", async () => {
  const before = await startHubProcess(join(folder, 'data'));
  await before.stop();
  const [ca, key] = [readFileSync(tls('ca.pem'), 'utf8'), readFileSync(tls('ca-key.pem'), 'utf8')];

  const { app } = await startDesktop(folder);
  const hasKeychain = await app.evaluate(
    ({ safeStorage }) =>
      safeStorage.isEncryptionAvailable() &&
      (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'),
  );
  await app.close();
  expect(existsSync(tls('ca-key.sealed'))).toBe(hasKeychain);
  expect(existsSync(tls('ca-key.pem'))).toBe(!hasKeychain);
  expect(readFileSync(tls(hasKeychain ? 'ca-key.sealed' : 'ca-key.pem'), 'utf8') === key).toBe(!hasKeychain);
  expect(readFileSync(tls('ca.pem'), 'utf8')).toBe(ca);

  const keysFile = join(folder, 'data', 'keys.json');
  expect([existsSync(keysFile), existsSync(`${keysFile}.sealed`)]).toEqual([!hasKeychain, hasKeychain]);
  expect(runPerch(['keys', '--data', join(folder, 'data')]).code).toBe(hasKeychain ? 1 : 0);

  // The addresses are the same: the certificate that is there still serves. Sealed keys are for the desktop alone.
  const after = await startHubProcess(join(folder, 'data'), hasKeychain ? ['--keys', join(folder, 'own.json')] : []);
  expect(await (await fetch(`${after.ready.http}/ca.pem`)).text()).toBe(ca);
  expect(await after.stop()).toBe(0);
});

test('a key that another keychain sealed: the desktop goes on with the certificate there is, and leaves the key there', async () => {
  const before = await startHubProcess(join(folder, 'data'));
  await before.stop();
  const foreign = Buffer.alloc(64, 7).toString('base64');
  rmSync(tls('ca-key.pem'));
  writeFileSync(tls('ca-key.sealed'), foreign);
  const { app } = await startDesktop(folder);
  await app.close();
  expect(readFileSync(tls('ca-key.sealed'), 'utf8')).toBe(foreign);
  expect(existsSync(tls('ca-key.pem'))).toBe(false);
});
