// One app a user-data folder. Electron answers at once, so this works with files: a lock that names its owner, and a
// folder in which a second start leaves what it was started with.
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { userDataDir } from './environment.ts';

/** What a second start leaves for the first. */
export interface SecondStart {
  readonly argv: string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

let hasLock = false;

export function hasSingleInstanceLock(): boolean {
  return hasLock;
}

/** @returns whether this process is the first on its user-data folder; if not, the first one is told. */
export function requestSingleInstanceLock(additionalData: unknown, onSecond: (second: SecondStart) => void): boolean {
  if (hasLock) return true;
  const inbox = join(userDataDir(), 'stand-in-second-starts');
  mkdirSync(inbox, { recursive: true });
  hasLock = takeLock(lockFile());
  if (hasLock) {
    watchInbox(inbox, onSecond);
    process.once('exit', releaseSingleInstanceLock);
  } else {
    const second: SecondStart = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    const draft = join(userDataDir(), `stand-in-second-start-${process.pid}`);
    writeFileSync(draft, JSON.stringify(second));
    renameSync(draft, join(inbox, `${process.pid}.json`));
  }
  return hasLock;
}

export function releaseSingleInstanceLock(): void {
  if (!hasLock) return;
  hasLock = false;
  rmSync(lockFile(), { force: true });
}

function lockFile(): string {
  return join(userDataDir(), 'stand-in-lock');
}

function takeLock(path: string): boolean {
  try {
    const file = openSync(path, 'wx');
    writeFileSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (isRunning(Number(readFileSync(path, 'utf8')))) return false;
  // The owner was killed.
  rmSync(path, { force: true });
  return takeLock(path);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function watchInbox(inbox: string, onSecond: (second: SecondStart) => void): void {
  const empty = (): void => {
    for (const name of readdirSync(inbox)) {
      const path = join(inbox, name);
      const second = JSON.parse(readFileSync(path, 'utf8')) as SecondStart;
      rmSync(path);
      onSecond(second);
    }
  };
  watch(inbox, { persistent: false }, empty);
  empty();
}
