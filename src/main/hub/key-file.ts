import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { WifiNetwork } from '../../common/model/wifi-network';
import type { KeyVault } from '../lan';
import { newKey } from './ids';
import { isPlain, readSecret, sealedPathOf, writeSecret } from './sealed-file';

/** The three keys that every hub has. */
export interface RootKeys {
  readonly joinKey: string;
  readonly viewerKey: string;
  readonly adminKey: string;
}

/** A join key for one person, made ahead of time. Its device is known before the phone is. */
interface PersonalKey {
  readonly key: string;
  readonly deviceId: string;
  readonly name: string;
  readonly createdAtMs: number;
}

/** A key for a teammate's screen. */
interface ViewerKey {
  readonly key: string;
  readonly name: string;
  readonly createdAtMs: number;
  /** null: never. */
  readonly expiresAtMs: number | null;
}

/** The keys an operator must be able to show again, and what is kept with them. */
export interface OperatorKeys extends RootKeys {
  readonly version: typeof VERSION;
  readonly personal: readonly PersonalKey[];
  readonly viewers: readonly ViewerKey[];
  /** By key id. */
  readonly lastUsedAtMs: Readonly<Record<string, number>>;
  /** For the poster; never sent to a phone. null: not typed yet. */
  readonly wifi: WifiNetwork | null;
  /** What the noise in proofs is made of (src/main/lan/key-proof.ts), hex: the same after a restart, else it would tell. */
  readonly proofSecret: string;
}

/** 1 (unsaid): the three keys alone. 2: personal keys, viewer keys that expire, the WiFi of the poster. */
const VERSION = 2;

const key = z.string().min(22).max(128);
const rootSchema = z.object({ version: z.literal(1).optional(), joinKey: key, viewerKey: key, adminKey: key });
const schema = z.object({
  version: z.literal(VERSION),
  joinKey: key,
  viewerKey: key,
  adminKey: key,
  personal: z.array(z.object({ key, deviceId: z.string(), name: z.string(), createdAtMs: z.number() })),
  viewers: z.array(z.object({ key, name: z.string(), createdAtMs: z.number(), expiresAtMs: z.number().nullable() })),
  lastUsedAtMs: z.record(z.string(), z.number()),
  wifi: z.object({ ssid: z.string(), password: z.string().nullable(), isHidden: z.boolean() }).nullable(),
  proofSecret: z.string().length(64).optional(),
});

/**
 * Reads the keys file, one of an older version too. @param vault opens it where one sealed it; null: none here.
 * @returns null when there is none.
 * @throws Error with a sentence when it holds something else, was written by a newer Perch, or is sealed and can't be opened.
 */
export function readKeyFile(path: string, vault: KeyVault | null = null): OperatorKeys | null {
  const secret = readSecret(path, vault);
  if (secret.kind === 'none') return null;
  if (secret.kind === 'shut') throw new Error(shutSentence(path, secret.hasVault));
  let content: unknown;
  try {
    content = JSON.parse(secret.text);
  } catch {
    throw damaged(path);
  }
  const kept = schema.safeParse(content);
  if (kept.success) return { ...kept.data, proofSecret: kept.data.proofSecret ?? secretOf(kept.data) };
  const { success: isNewer } = z.object({ version: z.number().gt(VERSION) }).safeParse(content);
  if (isNewer) throw new Error(`The keys file ${path} was written by a newer Perch: update this one.`);
  const old = rootSchema.safeParse(content);
  if (!old.success) throw damaged(path);
  const { joinKey, viewerKey, adminKey } = old.data;
  return withNothingMore({ joinKey, viewerKey, adminKey });
}

/**
 * Reads the keys file, or makes it with new keys. One of an older version is replaced when something in it changes; one
 * that lies there in plain where it could be sealed, at once. @throws as {@link readKeyFile}
 */
export function openKeyFile(path: string, vault: KeyVault | null = null): OperatorKeys {
  const kept = readKeyFile(path, vault);
  if (kept) {
    if (isPlain(path, vault)) writeKeyFile(path, kept, vault);
    return kept;
  }
  const keys = withNothingMore({ joinKey: newKey('join'), viewerKey: newKey('viewer'), adminKey: newKey('admin') });
  writeKeyFile(path, keys, vault);
  return keys;
}

/**
 * Replaces the keys file: sealed or readable by its owner only, never half written.
 * @returns false: there is a keychain, and it did not work. @throws Error of the file system
 */
export function writeKeyFile(path: string, keys: OperatorKeys, vault: KeyVault | null = null): boolean {
  return writeSecret(path, `${JSON.stringify(keys, null, 2)}\n`, vault);
}

const withNothingMore = (roots: RootKeys): OperatorKeys => ({
  version: VERSION,
  ...roots,
  personal: [],
  viewers: [],
  lastUsedAtMs: {},
  wifi: null,
  proofSecret: secretOf(roots),
});

/** From the admin key, so that a file of before there was one gives the same at each start. It tells nothing of that key. */
const secretOf = ({ adminKey }: RootKeys): string =>
  createHash('sha256').update(`perch-noise|${adminKey}`).digest('hex');

const damaged = (path: string): Error =>
  new Error(`The keys file ${path} is damaged. Move it away and start again: new keys are made, phones pair anew.`);

const shutSentence = (path: string, hasVault: boolean): string =>
  hasVault
    ? `The keys in ${sealedPathOf(path)} were sealed by the keychain of another user or computer, or it is locked. Unlock it, or move that file away: new keys are made then, and phones pair anew.`
    : `The keys in ${sealedPathOf(path)} are sealed by this computer's keychain, which only the desktop app can open. Use the desktop app, or another data folder (--data); or move that file away: new keys are made then, and phones pair anew.`;
