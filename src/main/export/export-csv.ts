import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { CSV_COLUMNS, toCsvCells } from './csv-row';
import type { ExportPages } from './export-row';

/** How far an export is. */
export interface ExportCount {
  /** Frames handed to the reader. */
  readonly frames: number;
  /** Of UTF-8, header included. */
  readonly bytes: number;
}

/** What is exported, and who wants to know how far it is. */
export interface CsvExport {
  readonly pages: ExportPages;
  /** Ends the stream with an AbortError. */
  readonly signal?: AbortSignal;
  /** Called after each page. */
  readonly onProgress?: (count: ExportCount) => void;
}

/**
 * The log as CSV: RFC 4180, UTF-8 without BOM, CRLF, in the order of the pages. Holds one page at a time and asks for the
 * next when the reader has room. A failing source fails the stream.
 */
export function exportCsv({ pages, signal, onProgress }: CsvExport): Readable {
  // Bytes, not objects: the high-water mark is in bytes.
  return Readable.from(encode(pages, onProgress), { objectMode: false, signal });
}

async function* encode(pages: ExportPages, onProgress?: (count: ExportCount) => void): AsyncGenerator<Buffer> {
  const header = toCsv([[...CSV_COLUMNS]]);
  let frames = 0;
  let bytes = header.byteLength;
  yield header;
  for await (const rows of pages) {
    if (rows.length === 0) continue;
    const page = toCsv(rows.map(toCsvCells));
    frames += rows.length;
    bytes += page.byteLength;
    yield page;
    onProgress?.({ frames, bytes });
  }
}

function toCsv(records: readonly (readonly string[])[]): Buffer {
  const csv = stringify([...records], {
    record_delimiter: '\r\n',
    // The library quotes for delimiter, quote and CRLF; RFC 4180 section 2.6 wants a lone CR or LF quoted as well.
    quoted_match: /[\r\n]/,
  });
  return Buffer.from(csv, 'utf8');
}
