import { createPrivateKey, createPublicKey } from 'node:crypto';

/** P-256 with SHA-256: what every phone takes (RSA 2048 costs a second to make). */
export const SIGNING = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

const generateKeys = () => crypto.subtle.generateKey(SIGNING, true, ['sign', 'verify']);

/** A key pair, and its private half as PKCS #8 PEM. */
export interface KeyPair {
  readonly keys: Awaited<ReturnType<typeof generateKeys>>;
  readonly pem: string;
}

export async function createKeyPair(): Promise<KeyPair> {
  const keys = await generateKeys();
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey));
  const pem = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' });
  return { keys, pem: pem.toString() };
}

/** @throws Error when the PEM is no P-256 private key. */
export async function readKeyPair(pem: string): Promise<KeyPair> {
  const key = createPrivateKey(pem);
  const pkcs8 = key.export({ format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.importKey('pkcs8', pkcs8, SIGNING, true, ['sign']),
    crypto.subtle.importKey('spki', spki, SIGNING, true, ['verify']),
  ]);
  return { keys: { privateKey, publicKey }, pem };
}
