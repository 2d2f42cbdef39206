import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/common/model/frame';
import { type ExportRow, exportCsv } from '../../../src/main/export';
import { csvOf, pagesOf, readCsv, rowOf } from './export-fixture';

const HEADER =
  'frame_id,session_id,session_name,device_id,device_name,captured_at,captured_at_ms,received_at,received_at_ms,corrected_at_ms,latitude_deg,longitude_deg,altitude_m,accuracy_m,altitude_accuracy_m,heading_deg,speed_mps,alpha_deg,beta_deg,gamma_deg,acceleration_x_mps2,acceleration_y_mps2,acceleration_z_mps2,rotation_alpha_dps,rotation_beta_dps,rotation_gamma_dps,temperature_c,humidity_pct,wind_speed_kmh,wind_direction_deg,precipitation_mm,cloud_cover_pct,weather_code,battery_pct,objects_detected,color_palette,photo,audio,text,capture_method,source,flags,extra';

const OWNERS: Record<string, string> = {
  session_id: 's1',
  session_name: 'North',
  device_id: 'd1',
  device_name: 'Ann',
  received_at: '2026-11-21T20:05:35.080Z',
  received_at_ms: '1795291535080',
  source: 'perch',
};

test('an empty log is its header', async () => {
  expect(await csvOf()).toBe(`${HEADER}\r\n`);
});

test('rows end with CRLF, have 43 cells and quote only where RFC 4180 asks for it', async () => {
  const csv = await csvOf([rowOf({ text: 'a\nb' })], [], [rowOf({ text: 'c', id: 7 }, { frameId: 2 })]);
  const line = (cells: Record<string, string>) =>
    HEADER.split(',')
      .map((name) => ({ ...OWNERS, ...cells })[name] ?? '')
      .join(',');
  expect(csv.split('\r\n')).toEqual([
    HEADER,
    line({ frame_id: '1', text: '"a\nb"' }),
    line({ frame_id: '2', text: 'c', extra: '"{""id"":7}"' }),
    '',
  ]);
  expect(HEADER.split(',')).toHaveLength(43);
});

test('what was written is read back', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 20 });
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  const frames = fc.array(fc.record({ text, name: text, longitude: number, note: fc.jsonValue() }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(frames, async (given) => {
      const rows = given.map(({ text, name, longitude, note }, index) => {
        const data = { text, gps: { latitude: 0, longitude }, note } as JsonObject;
        return rowOf(data, { frameId: index + 1, deviceName: name });
      });
      const read = readCsv(await csvOf(rows));
      const guarded = (cell: string) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);
      expect(read.map((row) => [row.frame_id, row.device_name, row.text, Number(row.longitude_deg)])).toEqual(
        // JSON has no negative zero: the frame stored holds 0.
        given.map(({ text, name, longitude }, index) => [
          String(index + 1),
          guarded(name),
          guarded(text),
          longitude + 0,
        ]),
      );
    }),
    { numRuns: 200 },
  );
});

test('the next page is asked for when the reader has room, and the source is closed when it leaves', async () => {
  const page = Array.from({ length: 200 }, (_, index) => rowOf({ text: 'x'.repeat(500) }, { frameId: index + 1 }));
  let asked = 0;
  let isClosed = false;
  async function* endless(): AsyncGenerator<ExportRow[]> {
    try {
      for (;;) {
        asked += 1;
        yield await Promise.resolve(page);
      }
    } finally {
      isClosed = true;
    }
  }
  const stream = exportCsv({ pages: endless() });
  let read = 0;
  for await (const chunk of stream) {
    read += (chunk as Buffer).byteLength;
    if (read > 1_000_000) break;
  }
  const pageBytes = Buffer.byteLength(await csvOf(page));
  expect(asked).toBeLessThan(read / pageBytes + 5);
  expect(isClosed).toBe(true);
});

test('progress counts frames and bytes', async () => {
  const counts: unknown[] = [];
  const pages = pagesOf([rowOf({}), rowOf({})], [rowOf({})]);
  const stream = exportCsv({ pages, onProgress: (count) => counts.push(count) });
  let bytes = 0;
  for await (const chunk of stream) bytes += (chunk as Buffer).byteLength;
  expect(counts).toEqual([
    { frames: 2, bytes: expect.any(Number) as number },
    { frames: 3, bytes },
  ]);
});

test('an aborted export ends with AbortError and leaves nothing behind', async () => {
  const controller = new AbortController();
  async function* endless(): AsyncGenerator<ExportRow[]> {
    for (;;) yield await Promise.resolve([rowOf({})]);
  }
  const stream = exportCsv({ pages: endless(), signal: controller.signal });
  const reading = (async () => {
    for await (const _ of stream) controller.abort();
  })();
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
});

test('a failing source fails the stream', async () => {
  async function* failing(): AsyncGenerator<ExportRow[]> {
    yield await Promise.resolve([rowOf({})]);
    throw new Error('disk gone');
  }
  await expect(exportCsv({ pages: failing() }).toArray()).rejects.toThrow('disk gone');
});
