import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyVault } from './key-vault';
import type { LanLog } from './lan';
import { readIfThere, writeWhole } from './pem-files';

/** The private key of the CA as it was found. `shut`: it is there, and can't be opened here; the sentence says what to do. */
export type KeptKey =
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly keyPem: string }
  | { readonly kind: 'shut'; readonly sentence: string };

const plainFile = (folder: string): string => join(folder, 'ca-key.pem');
const sealedFile = (folder: string): string => join(folder, 'ca-key.sealed');

/**
 * Reads the key kept in `folder`. With a vault a plain one is sealed on the way, and the plain file removed.
 * @param vault null: none here (headless, or a desktop without a keychain); the key is then mode 0600
 */
export async function readAuthorityKey(folder: string, vault: KeyVault | null, log: LanLog): Promise<KeptKey> {
  const [plain, sealed] = await Promise.all([readIfThere(plainFile(folder)), readIfThere(sealedFile(folder))]);
  if (sealed !== null) {
    const keyPem = vault === null ? null : openOrNull(vault, sealed);
    if (keyPem !== null) {
      // A crash between sealing and removing left it behind.
      if (plain !== null) await rm(plainFile(folder), { force: true });
      return { kind: 'open', keyPem };
    }
    if (plain === null) return { kind: 'shut', sentence: shutSentence(folder, vault !== null) };
  }
  if (plain === null) return { kind: 'none' };
  if (vault !== null) await keepAuthorityKey(folder, plain, vault, log);
  return { kind: 'open', keyPem: plain };
}

/**
 * Writes the key, sealed where there is a vault that opens what it seals; what another kind of start left behind goes.
 */
export async function keepAuthorityKey(
  folder: string,
  keyPem: string,
  vault: KeyVault | null,
  log: LanLog,
): Promise<void> {
  const sealed = vault === null ? null : sealOrNull(vault, keyPem);
  if (sealed === null) {
    if (vault !== null)
      log.warn({ folder }, 'the keychain does not work: the key of the authority stays in a plain file');
    await writeWhole(plainFile(folder), keyPem, 0o600);
    await rm(sealedFile(folder), { force: true });
    return;
  }
  await writeWhole(sealedFile(folder), sealed, 0o600);
  await rm(plainFile(folder), { force: true });
}

/** Null when the keychain would not give it back: that would lock every phone out. */
function sealOrNull(vault: KeyVault, plain: string): string | null {
  try {
    const sealed = vault.seal(plain);
    return vault.open(sealed) === plain ? sealed : null;
  } catch {
    return null;
  }
}

function openOrNull(vault: KeyVault, sealed: string): string | null {
  try {
    return vault.open(sealed);
  } catch {
    return null;
  }
}

function shutSentence(folder: string, hasVault: boolean): string {
  return hasVault
    ? `The key of the hub's certificate authority in ${folder} was sealed by the keychain of another user or computer. Remove that folder to make a new one; every phone must then trust the new one.`
    : `The key of the hub's certificate authority in ${folder} is sealed by this computer's keychain, which only the desktop app can open. Start the desktop app once while the laptop has these addresses, use another data folder (--data), or remove that folder to make a new one; every phone must then trust the new one.`;
}
