import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from './exit-code';

/** SQLite's binding needs Node-API 10 (Node 22.14); on an older Node it would end the process without a word. */
const NEEDED_NAPI = 10;

/** True when this Node can load SQLite's binding. */
export const isNodeNewEnough = (): boolean => Number(process.versions.napi) >= NEEDED_NAPI;

/**
 * Starts the same command again with the Node that was installed with the project.
 * @returns its exit code; 1 after a sentence when there is none.
 */
export function runWithInstalledNode(outDir: string, args: readonly string[]): Promise<number> {
  const node = join(outDir, '../../node_modules/.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const script = process.argv[1];
  if (script === undefined || !existsSync(node)) {
    process.stderr.write(
      `Perch needs Node 22.14 or newer; this is ${process.version}. Install a newer one and start again.\n`,
    );
    return Promise.resolve(EXIT.failed);
  }
  return new Promise((resolve) => {
    // The channel tells the child when we are gone, even by SIGKILL: it then stops as on SIGTERM.
    const child = spawn(node, [script, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
    child.once('exit', (code) => resolve(code ?? EXIT.failed));
  });
}
