export { type CsvExport, type ExportCount, exportCsv } from './export-csv';
export type { ExportRow } from './export-row';
export { fileNameFor } from './file-name';
