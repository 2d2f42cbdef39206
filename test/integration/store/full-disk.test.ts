import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import type { StoreTrouble } from '../../../src/main/store';
import { openFilled } from '../../unit/store/store-fixture';
import { counted } from '../../unit/store/store-fixture-rows';
import childPath from './fill-child?modulePath';
import { smallDisk } from './small-disk';

test('a disk filled to the last byte: refused cleanly, everything acked is there, and it goes on with room', async () => {
  const disk = smallDisk(24);
  console.log(`full disk: ${disk.kind}`);
  const [program, args] = disk.run([process.execPath, childPath, disk.dataDir]);
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const acked = new Map<number, string>();
  let refusal = '';
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, first = '', sha256 = ''] = line.split(' ');
    if (what === 'acked') acked.set(Number(first), sha256);
    else refusal = first;
  }
  expect((await exited)[0]).toBe(0);
  expect(refusal).toBe('storage_unavailable');
  expect(acked.size).toBeGreaterThan(100);

  if (disk.kind === 'tmpfs') {
    const watched = await openFilled(disk.dataDir);
    const told: StoreTrouble[] = [];
    watched.onTrouble((trouble) => told.push(trouble));
    expect(told).toContainEqual({ kind: 'disk', level: 'full', freeBytes: expect.any(Number) as number });
    await watched.close();
  }
  disk.makeRoom();
  const store = await openFilled(disk.dataDir, { disk: { freeBytes: () => Promise.resolve(Infinity) } });
  const stored: number[] = [];
  for await (const rows of (await store.exportRows({})).pages) stored.push(...rows.map(({ body }) => idOf(body)));
  expect(stored.sort((a, b) => a - b)).toEqual([...acked.keys()]);
  for (const sha256 of acked.values()) {
    if (sha256 === '') continue;
    const file = await store.media(sha256);
    expect((await readFile(file?.path ?? '')).byteLength).toBe(40_000);
  }
  const next = acked.size + 1;
  expect(await appended(store, counted(next))).toMatchObject({ kind: 'stored' });
  expect(await store.settledUpTo('d1', 'b1')).toBe(next);
});

const idOf = (body: string): number => (JSON.parse(body) as { id: number }).id;
