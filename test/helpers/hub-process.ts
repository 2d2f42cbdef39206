import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The first event of `--json`. */
interface Ready {
  readonly event: 'ready';
  readonly pid: number;
  readonly version: string;
  readonly http: string;
  readonly https: string | null;
  readonly addresses: readonly string[];
  readonly join: string;
  readonly console: string;
  readonly joinKey: string;
  readonly viewerKey: string;
  readonly adminKey: string;
  readonly dataDir: string;
}

/** A line of `--json`. */
type Event = { readonly event: string } & Readonly<Record<string, unknown>>;

/** The built hub in a process of its own: what is shipped, started as a user starts it. */
export interface HubProcess {
  readonly ready: Ready;
  readonly events: readonly Event[];
  /** Resolves with the first event, past or coming, that fits. */
  event(fits: (event: Event) => boolean): Promise<Event>;
  /** What it has said on stderr so far: its log. */
  log(): string;
  /** Sends a signal and resolves with the exit code (null after SIGKILL). */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export const HEADLESS = join(import.meta.dirname, '../../out/main/headless.js');

/** How a run of the command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of the command line to its end. */
export function runPerch(args: readonly string[], input?: { readonly node?: string }): Ended {
  assertBuilt();
  const { status, stdout, stderr } = spawnSync(input?.node ?? process.execPath, [HEADLESS, ...args], {
    encoding: 'utf8',
    timeout: 30_000,
    maxBuffer: 256 * 1024 * 1024,
  });
  return { code: status, stdout, stderr };
}

/** Starts a hub on free ports (unless told others) and waits until it is ready. */
export async function startHubProcess(
  dataDir: string,
  args: readonly string[] = [],
  /** Wraps the command, in a limit of some kind. */
  wrap: (command: readonly string[]) => readonly [string, readonly string[]] = ([program = '', ...rest]) => [
    program,
    rest,
  ],
): Promise<HubProcess> {
  assertBuilt();
  const ports = args.includes('--port') ? [] : ['--port', '0', '--tls-port', '0'];
  const [program, wrapped] = wrap([process.execPath, HEADLESS, 'hub', '--data', dataDir, '--json', ...ports, ...args]);
  const child = spawn(program, wrapped, {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const events: Event[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push(JSON.parse(line) as Event);
    for (const look of waiting) look();
  });
  const event = (fits: (event: Event) => boolean): Promise<Event> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = events.find(fits);
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      child.once('exit', (code) => reject(new Error(`the hub ended with ${code}: ${errors.join('')}`)));
      look();
    });
  const ready = (await event(({ event: name }) => name === 'ready')) as unknown as Ready;
  return { ready, events, event, log: () => errors.join(''), stop: (signal = 'SIGTERM') => stopProcess(child, signal) };
}

async function stopProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, 'exit');
  child.kill(signal);
  const [code] = (await exit) as [number | null];
  return code;
}

function assertBuilt(): void {
  if (!existsSync(HEADLESS)) throw new Error('The hub is not built: run `npm run build` first (`npm test` does).');
}
