import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { openStore } from '../../../src/main/store';
import childPath from './append-child?modulePath';
import { newFolder, openFilled } from './store-fixture';

const ROUNDS = 3;
const ACKS_A_ROUND = 400;

/** Appends from `first` on until it has acked enough, then kills the child. @returns the seqs acked. */
async function appendUntilKilled(dataDir: string, first: number): Promise<number[]> {
  const child = startChild(dataDir, first);
  const acked: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acked.push(Number(line));
    // Lines already in the pipe are acks as well: read on until it is closed.
    if (acked.length === ACKS_A_ROUND) child.kill('SIGKILL');
  }
  return acked;
}

function startChild(dataDir: string, first: number): ChildProcess & { stdout: NonNullable<ChildProcess['stdout']> } {
  return spawn(process.execPath, [childPath, dataDir, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
}

test('after SIGKILL everything acked is there, each once, and the folder opens again', async () => {
  const dataDir = await newFolder();
  const acked: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    acked.push(...(await appendUntilKilled(dataDir, round * 100_000 + 1)));
    expect(acked.length).toBeGreaterThanOrEqual((round + 1) * ACKS_A_ROUND);
  }
  const store = await openFilled(dataDir);
  const stored: (number | null)[] = [];
  const { pages, totalFrames } = await store.exportRows({});
  for await (const rows of pages) stored.push(...rows.map((row) => (JSON.parse(row.body) as { id: number }).id));
  const once = new Set(stored);
  expect(once.size).toBe(stored.length);
  expect(totalFrames).toBe(stored.length);
  expect(acked.filter((seq) => !once.has(seq))).toEqual([]);
});

test('a hub of another process holds the folder; its pid is named; killed, it holds it no more', async () => {
  const dataDir = await newFolder();
  const child = startChild(dataDir, 1);
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  const second = openStore({ dataDir });
  await expect(second).rejects.toMatchObject({ code: 'locked' });
  await expect(second).rejects.toThrow(`process ${child.pid}`);
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  await openFilled(dataDir);
});
