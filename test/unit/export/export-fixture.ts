import { parse } from 'csv-parse/sync';
import type { JsonObject } from '../../../src/common/model/frame';
import { type ExportRow, exportCsv } from '../../../src/main/export';

/** A row with this stored frame. */
export function rowOf(data: JsonObject, change: Partial<ExportRow> = {}): ExportRow {
  return {
    frameId: 1,
    sessionId: 's1',
    sessionName: 'North',
    deviceId: 'd1',
    deviceName: 'Ann',
    capturedAtMs: null,
    receivedAtMs: 1_795_291_535_080,
    correctedAtMs: null,
    batteryPct: null,
    source: 'perch',
    flags: '',
    body: JSON.stringify(data),
    media: [],
    ...change,
  };
}

export async function* pagesOf(...pages: ExportRow[][]): AsyncGenerator<ExportRow[]> {
  for (const page of pages) yield await Promise.resolve(page);
}

/** The whole file. */
export async function csvOf(...pages: ExportRow[][]): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of exportCsv({ pages: pagesOf(...pages) })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Rows of a file as a spreadsheet reads them, by column name. */
export function readCsv(csv: string): Record<string, string>[] {
  return parse(csv, { columns: true, record_delimiter: '\r\n' });
}

/** The cells that are not empty, of one frame. */
export async function cellsOf(data: JsonObject, change: Partial<ExportRow> = {}): Promise<Record<string, string>> {
  const [row] = readCsv(await csvOf([rowOf(data, change)]));
  return Object.fromEntries(Object.entries(row ?? {}).filter(([, cell]) => cell !== ''));
}
