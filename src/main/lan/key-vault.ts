/** A keychain of the system that seals secrets on disk: only this user on this machine can open them again. */
export interface KeyVault {
  /** @returns text that is safe to keep in a file. */
  seal(plain: string): string;
  /** @throws Error when it was sealed by another user, machine or keychain. */
  open(sealed: string): string;
}
