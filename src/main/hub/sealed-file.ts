import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { KeyVault } from '../lan';
import { writeDurably } from './durable-file';

/** A secret as it was found. `shut`: it is there, sealed, and can't be opened here. */
type KeptSecret =
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly text: string }
  | { readonly kind: 'shut'; readonly hasVault: boolean };

/** Where the secret of `path` is kept when a keychain seals it. */
export const sealedPathOf = (path: string): string => `${path}.sealed`;

/** Reads a secret; changes nothing. @param vault null: none here. @throws Error of the file system */
export function readSecret(path: string, vault: KeyVault | null): KeptSecret {
  const sealed = readIfThere(sealedPathOf(path));
  const opened = sealed === null || vault === null ? null : openOrNull(vault, sealed);
  if (opened !== null) return { kind: 'open', text: opened };
  const plain = readIfThere(path);
  if (plain !== null) return { kind: 'open', text: plain };
  return sealed === null ? { kind: 'none' } : { kind: 'shut', hasVault: vault !== null };
}

/** Whether a secret that could be sealed lies there in plain. */
export const isPlain = (path: string, vault: KeyVault | null): boolean => vault !== null && existsSync(path);

/**
 * Replaces a secret, sealed where there is a vault that opens what it seals, else readable by its owner only; never half
 * written, even by a power cut. What another kind of start left behind goes.
 * @returns false: there is a vault, and it did not work. @throws Error of the file system
 */
export function writeSecret(path: string, text: string, vault: KeyVault | null): boolean {
  const sealed = vault === null ? null : sealOrNull(vault, text);
  writeDurably(sealed === null ? path : sealedPathOf(path), sealed ?? text);
  rmSync(sealed === null ? sealedPathOf(path) : path, { force: true });
  return vault === null || sealed !== null;
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** Null when the keychain would not give it back: that would lock everybody out. */
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
