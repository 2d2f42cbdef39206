import type { KeyVault } from '../../../src/main/lan';

/** A keychain of one user: opens only what it sealed itself. */
export function vaultOf(user: string): KeyVault {
  return {
    seal: (plain) => `${user}:${Buffer.from(plain).toString('base64')}`,
    open: (sealed) => {
      if (!sealed.startsWith(`${user}:`)) throw new Error('Error while decrypting the ciphertext');
      return Buffer.from(sealed.slice(user.length + 1), 'base64').toString();
    },
  };
}
