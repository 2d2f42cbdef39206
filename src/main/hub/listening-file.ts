import { rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({ pid: z.number().int(), httpPort: z.number().int(), tlsPort: z.number().int().nullable() });

/** Where the hub of a data folder listens, for the command line beside it. Holds no secret. */
export type ListeningFile = z.output<typeof schema>;

const fileOf = (dataDir: string): string => join(dataDir, 'listening.json');

/** What the running hub of this folder wrote; null when none runs. A crash leaves it behind: then its process is gone. */
export async function readListening(dataDir: string): Promise<ListeningFile | null> {
  try {
    const kept = schema.parse(JSON.parse(await readFile(fileOf(dataDir), 'utf8')));
    process.kill(kept.pid, 0);
    return kept;
  } catch {
    return null;
  }
}

/** Synchronously: nothing may come between listening and the news of it. */
export function writeListening(dataDir: string, listening: Omit<ListeningFile, 'pid'>): void {
  const { httpPort, tlsPort } = listening;
  writeFileSync(fileOf(dataDir), `${JSON.stringify({ pid: process.pid, httpPort, tlsPort })}\n`, { mode: 0o600 });
}

export function removeListening(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}
