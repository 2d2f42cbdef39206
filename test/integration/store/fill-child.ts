import { createHash, randomBytes } from 'node:crypto';
import { appended } from '../../../src/common/model/delivery';
import { openStore } from '../../../src/main/store';
import { counted, device, session } from '../../unit/store/store-fixture-rows';

// Fills the disk: appends frames with photos until the store refuses one, telling its parent every seq and photo acked.

const dataDir = process.argv[2] ?? '';
const PHOTO_BYTES = 40_000;

function photoOf(bytes: Buffer) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { sha256, mime: 'image/jpeg', extension: 'jpg', bytes };
}

// The watch would refuse long before: what is shown here is that SQLite's and the file system's own "full" is met well.
const store = await openStore({ dataDir, disk: { freeBytes: () => Promise.resolve(Infinity) } });
await Promise.all([store.saveDevice(device('d1')), store.saveSession(session('s1'))]);
let refusal = '';
for (let seq = 1; refusal === ''; seq += 1) {
  const media = seq % 4 === 0 ? [photoOf(randomBytes(PHOTO_BYTES))] : [];
  const body = JSON.stringify({ id: seq, text: 'x'.repeat(10_000) });
  try {
    await appended(store, counted(seq, { body, media }));
    process.stdout.write(`acked ${seq} ${media[0]?.sha256 ?? ''}\n`);
  } catch (error) {
    refusal = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}
process.stdout.write(`refused ${refusal}\n`);
// As it is: a full disk must not keep a hub from stopping.
await store.close();
