import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openReadStore } from '../../../src/main/store';
import { startHubProcess } from '../../helpers/hub-process';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { seededRandom } from './seeded-random';
import { SendingPhone } from './sending-phone';

// PERCH_KILLS=50 for the long run; PERCH_SEED repeats one.
const KILLS = Number(process.env.PERCH_KILLS ?? 5);
const SEED = Number(process.env.PERCH_SEED ?? Date.now() % 2 ** 32);
const PHONES = 5;

/** Every acked frame is in the log, each once, and the photo of every frame in the log is whole. @returns its frames. */
async function verify(dataDir: string, phones: readonly SendingPhone[]): Promise<number> {
  const store = await openReadStore({ dataDir });
  const photosOf = new Map<string, readonly string[]>();
  const digests = new Set<string>();
  let frames = 0;
  for await (const rows of (await store.exportRows({})).pages) {
    frames += rows.length;
    for (const { body, media } of rows) {
      photosOf.set(
        (JSON.parse(body) as { id: string }).id,
        media.map(({ sha256 }) => sha256),
      );
      for (const { sha256, extension } of media) digests.add(`${sha256}.${extension}`);
    }
  }
  await store.close();
  expect(photosOf.size).toBe(frames);
  for (const phone of phones) {
    for (const [id, sha256] of phone.acked)
      expect([id, photosOf.get(id)]).toEqual([id, sha256 === null ? [] : [sha256]]);
  }
  for (const name of digests) {
    const bytes = await readFile(join(dataDir, 'media', name.slice(0, 2), name));
    expect(`${createHash('sha256').update(bytes).digest('hex')}.jpg`).toBe(name);
  }
  return frames;
}

test(
  `the hub killed ${KILLS} times at random moments under load: every acked frame and photo is there, each once`,
  async () => {
    console.log(`kill test: PERCH_SEED=${SEED} PERCH_KILLS=${KILLS}`);
    const random = seededRandom(SEED);
    const dataDir = temporaryFolder();
    onTestFinished(() => removeFolder(dataDir));
    const phones = Array.from({ length: PHONES }, (_, index) => new SendingPhone(`phone ${index + 1}`, random));
    let frames = 0;
    for (let round = 1; round <= KILLS; round += 1) {
      const hub = await startHubProcess(dataDir, ['--rate-limit', '100000/s']);
      // Killed whatever fails.
      onTestFinished(async () => void (await hub.stop('SIGKILL')));
      const { http, joinKey } = hub.ready;
      await Promise.all(
        phones.map((phone) => phone.connect(`${http.replace('http', 'ws')}/pocket-parrot?key=${joinKey}`)),
      );
      await acks(phones, 20 + random(300));
      // Acks come right after commits: a moment more or less is what makes the moment random.
      await setTimeout(random(30));
      await hub.stop('SIGKILL');
      await Promise.all(phones.map((phone) => phone.gone()));
      const now = await verify(dataDir, phones);
      expect(now).toBeGreaterThan(frames);
      frames = now;
    }
    const hub = await startHubProcess(dataDir);
    expect(await verify(dataDir, phones)).toBe(frames);
    expect(await hub.stop()).toBe(0);
    const photos = phones.flatMap(({ acked }) => [...acked.values()]).filter((sha256) => sha256 !== null).length;
    const acked = phones.reduce((sum, phone) => sum + phone.acked.size, 0);
    console.log(`kill test: ${frames} frames stored, ${acked} acked, ${photos} of them with a photo`);
  },
  60_000 + KILLS * 10_000,
);

/** Resolves after so many acks more, of all phones together. */
function acks(phones: readonly SendingPhone[], count: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    for (const phone of phones) {
      phone.onAck = () => {
        left -= 1;
        if (left === 0) resolve();
      };
    }
  });
}
