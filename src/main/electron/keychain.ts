import { safeStorage } from 'electron';
import type { KeyVault } from '../lan';

/**
 * The keychain of this user: Keychain on macOS, DPAPI on Windows, a secret service on Linux. Only after `ready`.
 * @returns null where there is none. Electron's `basic_text` is none: its password is in Electron's source, so sealing
 * with it would only look safe.
 */
export function openKeychain(): KeyVault | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return null;
  return {
    seal: (plain) => safeStorage.encryptString(plain).toString('base64'),
    open: (sealed) => safeStorage.decryptString(Buffer.from(sealed, 'base64')),
  };
}
