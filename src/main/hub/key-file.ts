import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { WifiNetwork } from '../../common/model/wifi-network';
import { newKey } from './ids';

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
}) satisfies z.ZodType<OperatorKeys>;

/**
 * Reads the keys file, one of an older version too. @returns null when there is none.
 * @throws Error with a sentence when it holds something else, or was written by a newer Perch.
 */
export function readKeyFile(path: string): OperatorKeys | null {
  if (!existsSync(path)) return null;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw damaged(path);
  }
  const kept = schema.safeParse(content);
  if (kept.success) return kept.data;
  const { success: isNewer } = z.object({ version: z.number().gt(VERSION) }).safeParse(content);
  if (isNewer) throw new Error(`The keys file ${path} was written by a newer Perch: update this one.`);
  const old = rootSchema.safeParse(content);
  if (!old.success) throw damaged(path);
  const { joinKey, viewerKey, adminKey } = old.data;
  return withNothingMore({ joinKey, viewerKey, adminKey });
}

/** Reads the keys file, or makes it with new keys. One of an older version is replaced when something in it changes. */
export function openKeyFile(path: string): OperatorKeys {
  const kept = readKeyFile(path);
  if (kept) return kept;
  const keys = withNothingMore({ joinKey: newKey('join'), viewerKey: newKey('viewer'), adminKey: newKey('admin') });
  writeKeyFile(path, keys);
  return keys;
}

/** Replaces the keys file: readable by its owner only, never half written, even by a power cut. @throws Error of the file system */
export function writeKeyFile(path: string, keys: OperatorKeys): void {
  const half = `${path}.new`;
  // One left over by a crash would keep its mode.
  rmSync(half, { force: true });
  const file = openSync(half, 'wx', 0o600);
  try {
    writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(half, path);
}

const withNothingMore = (roots: RootKeys): OperatorKeys => ({
  version: VERSION,
  ...roots,
  personal: [],
  viewers: [],
  lastUsedAtMs: {},
  wifi: null,
});

const damaged = (path: string): Error =>
  new Error(`The keys file ${path} is damaged. Move it away and start again: new keys are made, phones pair anew.`);
