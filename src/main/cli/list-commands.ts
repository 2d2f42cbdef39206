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

/**
 * Prints the keys that the operator must be able to show again.
 * @throws Error with a sentence when they are sealed by the desktop's keychain
 */
export function runKeys({ dataDir, keysFile, json }: ListOptions & { readonly keysFile?: string }): void {
  const path = keysFile ?? join(dataDir, 'keys.json');
  const keys = readKeyFile(path);
  if (!keys) throw new CommandFailure(EXIT.failed, `There are no keys in ${path}: start the hub once, it makes them.`);
  const { joinKey, viewerKey, adminKey, personal, viewers } = keys;
  if (json) {
    print(JSON.stringify({ joinKey, viewerKey, adminKey, personalKeys: personal, viewerKeys: viewers }));
    return;
  }
  print(`Join key    ${joinKey}\nViewer key  ${viewerKey}\nAdmin key   ${adminKey}`);
  for (const { key, name } of personal) print(`Personal    ${key}  ${name}`);
  for (const { key, name, expiresAtMs } of viewers) print(`Viewer      ${key}  ${name}, ${endOf(expiresAtMs)}`);
}

function endOf(expiresAtMs: number | null): string {
  if (expiresAtMs === null) return 'until it is revoked';
  return `${expiresAtMs > Date.now() ? 'until' : 'expired'} ${new Date(expiresAtMs).toISOString()}`;
}
