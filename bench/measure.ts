import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LoadOptions, LoadResult } from './load.ts';
import { type Contestant, type ServerProcess, startServer, type Usage } from './server-process.ts';

/** One run of one contestant. */
export interface Measurement {
  readonly framesPerS: number;
  /** Acks for each second of CPU time of the server, all its threads; null where the kernel does not say. */
  readonly acksPerCpuS: number | null;
  readonly latencyMs: LoadResult['latencyMs'];
  /** Resident memory that the connections cost when they are open and silent, a connection. */
  readonly idleBytesEach: number | null;
  readonly rssBytes: number | null;
  readonly refused: number;
  readonly closed: number;
}

/** Starts a fresh server and the load against it, and measures both. */
export async function measure(
  contestant: Contestant,
  load: Omit<LoadOptions, 'url'>,
  folder: string,
): Promise<Measurement> {
  const server = await startServer(contestant, folder);
  try {
    const before = server.usage();
    const running = startLoad({ ...load, url: server.url });
    await running.event('connected');
    const idle = server.usage();
    running.go();
    await running.event('measuring');
    const from = server.usage();
    const result = (await running.event('done')) as LoadResult;
    return { ...rates(result, from, server.usage()), idleBytesEach: each(before, idle, load.connections) };
  } finally {
    await server.stop();
  }
}

function rates(result: LoadResult, from: Usage | null, to: Usage | null): Omit<Measurement, 'idleBytesEach'> {
  const cpuS = from && to ? to.cpuS - from.cpuS : 0;
  const { acked, seconds, latencyMs, refused, closed } = result;
  return {
    framesPerS: acked / seconds,
    acksPerCpuS: cpuS > 0 ? acked / cpuS : null,
    latencyMs,
    rssBytes: to?.rssBytes ?? null,
    refused,
    closed,
  };
}

const each = (before: Usage | null, after: Usage | null, connections: number): number | null =>
  before && after ? (after.rssBytes - before.rssBytes) / connections : null;

/** The load process. */
interface RunningLoad {
  /** Resolves with the line of that name. */
  event(name: string): Promise<object>;
  /** All are connected: begin. */
  go(): void;
}

/** Starts it; it says `connected` when all phones are. @param onSample see LoadOptions.sampleS. */
export function startLoad(options: LoadOptions, onSample: (sample: LoadResult) => void = () => {}): RunningLoad {
  return startScript('load.ts', options, onSample);
}

/** Starts a load process: a script of this folder that says one JSON line an event. */
export function startScript(
  name: string,
  options: object,
  onSample: (sample: LoadResult) => void = () => {},
): RunningLoad {
  const script = join(import.meta.dirname, name);
  const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said = new Map<string, object>();
  const waiting = new Map<string, (line: object) => void>();
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as { readonly event: string };
    if (line.event === 'sample') onSample(JSON.parse(text) as LoadResult);
    said.set(line.event, line);
    waiting.get(line.event)?.(line);
  });
  return {
    event: (name) =>
      new Promise((resolve, reject) => {
        const known = said.get(name);
        if (known) resolve(known);
        waiting.set(name, resolve);
        child.once('exit', (code) => reject(new Error(`The load ended with ${code}.`)));
      }),
    go: () => child.stdin.write('go\n'),
  };
}

/** Memory of many silent connections. */
export async function measureIdle(contestant: Contestant, connections: number, folder: string): Promise<Usage[]> {
  const server: ServerProcess = await startServer(contestant, folder);
  try {
    const settled = async (): Promise<Usage[]> => {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      const usage = server.usage();
      return usage ? [usage] : [];
    };
    const before = await settled();
    const running = startLoad({ ...IDLE, url: server.url, connections });
    await running.event('connected');
    const after = await settled();
    running.go();
    await running.event('done');
    return [...before, ...after];
  } finally {
    await server.stop();
  }
}

const IDLE = { kind: '600 B', mode: 'idle', window: 0, rateHz: 0, warmupS: 0, seconds: 0 } as const;
