import { pipeline } from 'node:stream/promises';
import { openExport, writeExportFile } from '../hub/exports';
import { openReadStore } from '../store';

/** What to export, and where to. Times in ms, both included. */
export interface ExportCommandOptions {
  readonly dataDir: string;
  /** An id, `latest` or `all`. */
  readonly session: string;
  /** A file, or `-` for stdout. */
  readonly out: string;
  readonly device?: string;
  readonly from?: number;
  readonly to?: number;
}

/** Exports beside a running hub, or without one. */
export async function runExport({ dataDir, session, out, device, from, to }: ExportCommandOptions): Promise<void> {
  const store = await openReadStore({ dataDir });
  try {
    const selection = { sessionId: session === 'all' ? null : session, deviceId: device, fromMs: from, toMs: to };
    const isShown = process.stderr.isTTY && out !== '-';
    const open = await openExport(store, selection, {
      onProgress: ({ frames }) => {
        if (isShown) process.stderr.write(`\r${frames} frames`);
      },
    });
    if (out === '-') await pipeline(open.stream, process.stdout, { end: false });
    else await writeExportFile(open.stream, out);
    const damaged = open.damagedFrames();
    if (damaged > 0) process.stderr.write(`${damaged} frames are damaged on the disk and were left out\n`);
    process.stderr.write(
      `${isShown ? '\r' : ''}${open.totalFrames - damaged} frames exported${out === '-' ? '' : ` to ${out}`}\n`,
    );
  } finally {
    await store.close();
  }
}
