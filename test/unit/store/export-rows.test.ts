import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { appended } from '../../../src/common/model/delivery';
import { exportCsv } from '../../../src/main/export';
import { counted, newFolder, openFilled, photo, session, T0 } from './store-fixture';

test('an export while frames keep coming has exactly those there were when it was opened', async () => {
  const store = await openFilled(await newFolder());
  const write = (from: number, count: number) =>
    Promise.all(Array.from({ length: count }, (_, index) => appended(store, counted(from + index))));
  await write(1, 1000);
  const { totalFrames, pages } = await store.exportRows({ sessionId: 'latest' });
  const ids: number[] = [];
  let next = 1001;
  for await (const rows of pages) {
    ids.push(...rows.map((row) => row.frameId));
    await write(next, 50);
    next += 50;
  }
  expect(totalFrames).toBe(1000);
  expect(ids).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
  expect((await store.exportRows({})).totalFrames).toBe(next - 1);
});

test('rows carry the names of today and the files of the frame; the export room makes CSV of them', async () => {
  const store = await openFilled(await newFolder());
  const image = photo('x');
  const body = JSON.stringify({ photo: { sha256: image.sha256, bytes: 1, mime: image.mime }, text: 'here' });
  await appended(store, counted(1, { body, media: [image], flags: ['a', 'b'], capturedAtMs: T0 }));
  await store.saveSession(session('s1', { name: 'Renamed' }));
  const { pages, session: exported } = await store.exportRows({ sessionId: 's1' });
  expect(exported).toMatchObject({ sessionId: 's1', name: 'Renamed', frames: 1 });
  const csv = Buffer.concat((await exportCsv({ pages }).toArray()) as Buffer[]).toString();
  expect(parse(csv, { columns: true })).toMatchObject([
    {
      frame_id: '1',
      session_name: 'Renamed',
      device_name: 'Name of d1',
      captured_at_ms: String(T0),
      photo: `media/${image.sha256}.jpg`,
      text: 'here',
      flags: 'a;b',
      extra: '',
    },
  ]);
});

test('closing the store ends an export with an error, not with a short file', async () => {
  const store = await openFilled(await newFolder());
  await Promise.all(Array.from({ length: 500 }, (_, index) => appended(store, counted(index + 1))));
  const { pages } = await store.exportRows({});
  const reading = (async () => {
    for await (const _ of pages) await store.close();
  })();
  await expect(reading).rejects.toMatchObject({ code: 'closed' });
});
