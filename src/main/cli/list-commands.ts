import { join } from 'node:path';
import { readKeyFile } from '../hub/key-file';
import { openReadStore } from '../store';
import { CommandFailure, EXIT } from './exit-code';

interface ListOptions {
  readonly dataDir: string;
  readonly json: boolean;
}

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Lists the sessions, newest first. */
export async function runSessions({ dataDir, json }: ListOptions): Promise<void> {
  const store = await openReadStore({ dataDir });
  const sessions = await store.listSessions();
  await store.close();
  if (json) {
    const items = sessions.map(({ sessionId, ...rest }) => ({
      id: sessionId,
      ...rest,
      isCurrent: rest.endedAtMs === null,
    }));
    print(JSON.stringify({ items, next: null }));
    return;
  }
  for (const { sessionId, name, startedAtMs, endedAtMs, frames, devices } of sessions) {
    const began = new Date(startedAtMs).toISOString();
    const ended = endedAtMs === null ? 'current' : new Date(endedAtMs).toISOString();
    print(`${sessionId}  ${began}  ${ended}  ${frames} frames  ${devices} people  ${name || '(unnamed)'}`);
  }
}

/** Prints the keys that the operator must be able to show again. */
export function runKeys({ dataDir, keysFile, json }: ListOptions & { readonly keysFile?: string }): void {
  const path = keysFile ?? join(dataDir, 'keys.json');
  const keys = readKeyFile(path);
  if (!keys) throw new CommandFailure(EXIT.failed, `There are no keys in ${path}: start the hub once, it makes them.`);
  if (json) print(JSON.stringify(keys));
  else print(`Join key    ${keys.joinKey}\nViewer key  ${keys.viewerKey}\nAdmin key   ${keys.adminKey}`);
}
