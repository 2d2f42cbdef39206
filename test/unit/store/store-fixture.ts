import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore, type Store, type StoreOptions } from '../../../src/main/store';
import { device, session } from './store-fixture-rows';

export * from './store-fixture-rows';

/** A folder that goes when the test ends. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'perch-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A store with d1 and s1 in it, closed when the test ends. */
export async function openFilled(dataDir: string, options: Omit<StoreOptions, 'dataDir'> = {}): Promise<Store> {
  const store = await openStore({ dataDir, ...options });
  onTestFinished(() => store.close());
  await Promise.all([store.saveDevice(device('d1')), store.saveSession(session('s1'))]);
  return store;
}
