import { appended } from '../../../src/common/model/delivery';
import { openStore } from '../../../src/main/store';
import { counted, device, session } from './store-fixture-rows';

// A process to be killed: appends as fast as it can and tells its parent every seq that was acked, until it is killed.

const dataDir = process.argv[2] ?? '';
const first = Number(process.argv[3]);

const store = await openStore({ dataDir });
await Promise.all([store.saveDevice(device('d1')), store.saveSession(session('s1'))]);
for (let seq = first; ; ) {
  const turn = Array.from({ length: 20 }, () => counted(seq++));
  await Promise.all(
    turn.map(async (frame) => {
      await appended(store, frame);
      process.stdout.write(`${frame.seq}\n`);
    }),
  );
}
