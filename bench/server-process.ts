import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..');

/** One of the servers that are compared. */
export interface Contestant {
  readonly label: string;
  /** What it does with a frame. */
  readonly does: string;
  /** Where its sockets are, query included; default `/pocket-parrot`. */
  readonly path?: string;
  /** Node's arguments. `dataDir`: a fresh folder on a real disk. */
  args(dataDir: string): readonly string[];
}

export const ECHO: Contestant = {
  label: '(a) ws echo',
  does: 'sends it back',
  args: () => [join(import.meta.dirname, 'servers/echo.ts')],
};

export const USUAL: Contestant = {
  label: '(b) ws, parse, ack',
  does: 'JSON.parse and an ack; nothing checked, nothing stored',
  args: () => [join(import.meta.dirname, 'servers/usual.ts')],
};

/** Perch as it is shipped. The limit of frames a device may send is lifted: one load process plays few, busy phones. */
export function perch(label: string, headless: string, nodeArgs: readonly string[] = []): Contestant {
  return {
    label,
    does: 'checked, stored, fsynced, then an ack',
    args: (dataDir) => [
      ...[...nodeArgs, headless, 'hub', '--data', dataDir, '--json', '--host', '127.0.0.1'],
      ...['--port', '0', '--no-tls', '--rate-limit', '1000000/s', '--log-level', 'error', '--max-connections', '20000'],
    ],
  };
}

/** What the kernel says of a process; null where there is no /proc. */
export interface Usage {
  /** User and system time of all threads, s. */
  readonly cpuS: number;
  readonly rssBytes: number;
  /** Open files, sockets included. */
  readonly handles: number | null;
}

/** A server in a process of its own. */
export interface ServerProcess {
  /** `ws://` address of the endpoint, key included. */
  readonly url: string;
  usage(): Usage | null;
  stop(): Promise<void>;
}

/** Starts it on a fresh folder; the folder goes with it. */
export async function startServer(contestant: Contestant, under: string): Promise<ServerProcess> {
  mkdirSync(under, { recursive: true });
  const dataDir = mkdtempSync(join(under, 'data-'));
  const child = spawn(process.execPath, [...contestant.args(dataDir)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = await firstLine(child, contestant.label);
  const key = ready.joinKey === undefined ? '' : `?key=${ready.joinKey}`;
  return {
    url: `${ready.http.replace('http', 'ws')}${contestant.path ?? '/pocket-parrot'}${key}`,
    usage: () => usageOf(child.pid ?? 0),
    stop: async () => {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

interface ReadyLine {
  readonly http: string;
  readonly joinKey?: string;
}

async function firstLine(child: ChildProcess, label: string): Promise<ReadyLine> {
  if (!child.stdout) throw new Error('no stdout');
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    lines.once('line', (line) => resolve(JSON.parse(line) as ReadyLine));
    child.once('exit', (code) => reject(new Error(`${label} ended with ${code} before it was ready.`)));
  });
}

/** Linux counts CPU time in hundredths of a second (`getconf CLK_TCK`). */
const TICKS_PER_S = 100;

function usageOf(pid: number): Usage | null {
  try {
    // proc(5): the name may hold spaces; utime and stime are fields 14 and 15.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return {
      cpuS: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S,
      rssBytes: Number(rss) * 1024,
      handles: countHandles(pid),
    };
  } catch {
    return null;
  }
}

function countHandles(pid: number): number | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return null;
  }
}

// linux/magic.h
const TMPFS = 0x01021994;

/** True when a folder lives in memory: its fsync costs nothing and proves nothing. */
export function isInMemory(folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  return statfsSync(folder).type === TMPFS;
}
