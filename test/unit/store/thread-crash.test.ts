import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import { openReadStore, openStore, type Store, StoreError, type StoreTrouble } from '../../../src/main/store';
import { watchThreads } from '../../helpers/crash-thread';
import { seededRandom } from '../../integration/store/seeded-random';
import { counted, device, frame, newFolder, openFilled, session } from './store-fixture';

const threads = watchThreads();
const WRITER = 'store-writer';
const READER = 'store-reader';

function troublesOf(store: Store): string[] {
  const told: string[] = [];
  store.onTrouble((trouble: StoreTrouble) =>
    told.push('thread' in trouble ? `${trouble.thread} ${trouble.kind}` : trouble.kind),
  );
  return told;
}

const storedIds = async (store: Pick<Store, 'exportRows'>): Promise<number[]> => {
  const ids: number[] = [];
  for await (const rows of (await store.exportRows({})).pages) {
    ids.push(...rows.map(({ body }) => (JSON.parse(body) as { id: number }).id));
  }
  return ids;
};

/** What a phone does: keeps a frame until it is acked. @returns how often it was refused. */
async function deliver(store: Store, seq: number): Promise<number> {
  for (let refusals = 0; ; refusals += 1) {
    try {
      await appended(store, counted(seq));
      return refusals;
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'storage_unavailable') throw error;
      await turn();
    }
  }
}

test.each([20261122, 7, 4711])(
  'a writer that crashes twice at random moments under load: no ack is lost, nothing is stored twice (seed %i)',
  async (seed) => {
    const random = seededRandom(seed);
    const store = await openFilled(await newFolder());
    const told = troublesOf(store);
    const crashAt = [20 + random(150), 200 + random(150)];
    const acked: number[] = [];
    let refusals = 0;
    let crashes: Promise<void> = Promise.resolve();
    for (let seq = 1; seq <= 400; ) {
      const burst = Array.from({ length: 1 + random(12) }, () => seq++);
      const delivered = burst.map(async (one) => {
        refusals += await deliver(store, one);
        acked.push(one);
      });
      if (crashAt[0] !== undefined && seq > crashAt[0]) {
        crashAt.shift();
        // Somewhere between the request on its way and the answer on its way.
        for (let turns = random(4); turns > 0; turns -= 1) await turn();
        crashes = crashes.then(() => threads.crash(WRITER));
      }
      await Promise.all([...delivered, crashes]);
    }
    expect(refusals).toBeGreaterThan(0);
    const upTo = await store.settledUpTo('d1', 'b1');
    expect(upTo).toBe(acked.length);
    const stored = await storedIds(store);
    expect(new Set(stored).size).toBe(stored.length);
    expect([...stored].sort((a, b) => a - b)).toEqual([...acked].sort((a, b) => a - b));
    expect(told).toEqual([
      'writer thread_crashed',
      'writer thread_back',
      'writer thread_crashed',
      'writer thread_back',
    ]);
  },
);

test('what was under way is refused at once, and a person or session of that moment is there for the frames to come', async () => {
  const store = await openFilled(await newFolder());
  const crashed = threads.crash(WRITER);
  const saved = Promise.allSettled([store.saveDevice(device('d2')), store.saveSession(session('s2'))]);
  const refused = appended(store, counted(1));
  await expect(refused).rejects.toMatchObject({ code: 'storage_unavailable' });
  expect((await saved).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await crashed;
  // Known while it was down.
  await store.saveDevice(device('d3')).catch(() => {});
  expect(store.waiting.frames).toBe(0);
  await expect.poll(() => appended(store, counted(1)).catch(() => null)).toMatchObject({ kind: 'stored' });
  for (const deviceId of ['d2', 'd3']) {
    const row = frame({ id: 2 }, { deviceId, sessionId: 's2', boot: 'b1', seq: 1 });
    expect(await appended(store, row)).toMatchObject({ kind: 'stored' });
  }
});

test('after the third crash in a minute it stays down: every append is refused, reading goes on, and so does the next start', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  const told = troublesOf(store);
  for (let crash = 1; crash <= 3; crash += 1) {
    await deliver(store, crash);
    await threads.crash(WRITER);
  }
  expect(told.at(-1)).toBe('writer thread_down');
  for (let seq = 4; seq < 8; seq += 1) {
    await expect(appended(store, counted(seq))).rejects.toMatchObject({ code: 'storage_unavailable' });
  }
  const batch = store.appendBatch([counted(4)], [], { deviceId: 'd1', boot: 'b1' });
  await expect(batch).rejects.toMatchObject({ code: 'storage_unavailable' });
  await expect(store.eraseSession('s1')).rejects.toMatchObject({ code: 'storage_unavailable' });
  expect(threads.running(WRITER)).toBe(false);
  expect(await storedIds(store)).toEqual([1, 2, 3]);
  await store.close();
  await expect(appended(store, counted(9))).rejects.toMatchObject({ code: 'closed' });
  const next = await openStore({ dataDir });
  expect(await appended(next, counted(4))).toMatchObject({ kind: 'stored' });
  expect(await appended(next, counted(3))).toEqual({ kind: 'duplicate' });
  await next.close();
});

test('closed in the moment of a crash, it ends; the folder opens again with everything acked', async () => {
  const dataDir = await newFolder();
  const store = await openFilled(dataDir);
  await appended(store, counted(1));
  const crashed = threads.crash(WRITER);
  await Promise.all([crashed, store.close()]);
  const reader = await openReadStore({ dataDir });
  expect(await storedIds(reader)).toEqual([1]);
  await reader.close();
  const next = await openStore({ dataDir });
  expect(await appended(next, counted(2))).toMatchObject({ kind: 'stored' });
  await next.close();
});

test('a reader that crashes: its question is refused, the next is answered; after the third time it stays down', async () => {
  const store = await openFilled(await newFolder());
  const told = troublesOf(store);
  await appended(store, counted(1));
  for (let crash = 1; crash <= 3; crash += 1) {
    const asked = store.listSessions();
    const refused = expect(asked).rejects.toMatchObject({ code: 'storage_unavailable' });
    await threads.crash(READER);
    await refused;
    if (crash < 3) await expect.poll(() => told.at(-1)).toBe('reader thread_back');
    if (crash < 3) expect(await store.listSessions()).toHaveLength(1);
  }
  expect(told.at(-1)).toBe('reader thread_down');
  await expect(store.listSessions()).rejects.toMatchObject({ code: 'storage_unavailable' });
  // Frames go on.
  expect(await appended(store, counted(2))).toMatchObject({ kind: 'stored' });
});
