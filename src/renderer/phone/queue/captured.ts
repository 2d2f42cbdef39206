import { BEFORE_ANY_HUB, type CapturedKey, type Writing } from './database';

/** Counts what was captured in a boot. */
export async function addCaptured(tx: Writing, boot: string, frames: number): Promise<void> {
  const bound = await tx.objectStore('boots').get(boot);
  await add(tx, bound ? ['hub', bound.hubId] : ['boot', boot], frames);
}

/** Gives a hub what its boots counted before they were bound. */
export async function claimCaptured(tx: Writing, hubId: string, boots: Iterable<string>): Promise<void> {
  const store = tx.objectStore('captured');
  for (const key of [BEFORE_ANY_HUB, ...[...boots].map((boot): CapturedKey => ['boot', boot])]) {
    const frames = await store.get(key);
    if (frames === undefined) continue;
    await store.delete(key);
    await add(tx, ['hub', hubId], frames);
  }
}

/** For this hub, since the first page load of this browser profile. */
export const readCaptured = async (tx: Writing, hubId: string): Promise<number> =>
  (await tx.objectStore('captured').get(['hub', hubId])) ?? 0;

async function add(tx: Writing, key: CapturedKey, frames: number): Promise<void> {
  const store = tx.objectStore('captured');
  await store.put(((await store.get(key)) ?? 0) + frames, key);
}
