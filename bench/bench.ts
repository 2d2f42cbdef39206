// `npm run bench`: what Perch costs, beside a bare echo and beside the usual server that keeps nothing, in one run on
// one machine. Only ratios within one run mean anything. docs/performance.md explains the numbers.
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { LoadOptions } from './load.ts';
import { type Measurement, measure, measureIdle } from './measure.ts';
import type { MessageKind } from './messages.ts';
import { type Contestant, ECHO, isInMemory, perch, USUAL } from './server-process.ts';
import { benchSignaling } from './signaling.ts';
import { bytesText, countText, medianOf, msText, printTable, ratioText } from './table.ts';

const root = join(import.meta.dirname, '..');

const { values } = parseArgs({
  options: {
    // Few, short runs: to see that it works, or to compare while changing something.
    quick: { type: 'boolean', default: false },
    frames: { type: 'string', default: '600,recorded,photo' },
    connections: { type: 'string', default: '10,100,1000' },
    servers: { type: 'string', default: 'a,b,c' },
    seconds: { type: 'string' },
    rounds: { type: 'string' },
    parts: { type: 'string', default: 'saturated,steady,idle,signaling' },
    // Messages without an answer, of all connections together.
    pipeline: { type: 'string', default: '2000' },
    idle: { type: 'string', default: '10000' },
    // Clients of /signaling.
    clients: { type: 'string', default: '2,100,1000,5000' },
    // Where data folders are made: on a real disk.
    folder: { type: 'string', default: join(root, 'node_modules/.cache/perch-bench') },
    // LABEL=out/main/headless.js, may be repeated: compares builds in one run.
    perch: { type: 'string', multiple: true },
    // A folder for CPU profiles of Perch, one a thread: `node bench/profile.ts FOLDER` sums them up.
    profile: { type: 'string' },
  },
});

const seconds = Number(values.seconds ?? (values.quick ? 3 : 5));
const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
const parts = values.quick ? ['saturated', 'steady'] : values.parts.split(',');
const connections = (values.quick ? '100' : values.connections).split(',').map(Number);
const KINDS: Readonly<Record<string, MessageKind>> = { '600': '600 B', recorded: 'recorded', photo: 'photo' };
const kinds = (values.quick ? '600' : values.frames).split(',').flatMap((name) => KINDS[name] ?? []);
const folder = resolve(values.folder);

const profiling = values.profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', resolve(values.profile)];
const builds = values.perch ?? [`(c) Perch=${join(root, 'out/main/headless.js')}`];
const contestants: readonly Contestant[] = [
  ...(values.servers.includes('a') ? [ECHO] : []),
  ...(values.servers.includes('b') ? [USUAL] : []),
  ...(values.servers.includes('c') ? builds.map(perchOf) : []),
];

function perchOf(build: string): Contestant {
  const at = build.lastIndexOf('=');
  return perch(build.slice(0, Math.max(0, at)) || '(c) Perch', resolve(build.slice(at + 1)), profiling);
}

/** Rounds go through all contestants in turn: what else the machine does hits each of them. */
async function inTurn(load: Omit<LoadOptions, 'url'>): Promise<ReadonlyMap<Contestant, readonly Measurement[]>> {
  const found = new Map<Contestant, Measurement[]>(contestants.map((one) => [one, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of contestants) found.get(contestant)?.push(await measure(contestant, load, folder));
  }
  return found;
}

const HEAD = ['server', 'frames/s', 'of (b)', 'acks/CPU s', 'p50', 'p99', 'p99.9', 'RSS', 'refused'];

function rowsOf(found: ReadonlyMap<Contestant, readonly Measurement[]>): readonly (readonly string[])[] {
  const speedOf = (runs: readonly Measurement[]): number | null => medianOf(runs.map((run) => run.framesPerS));
  const usual = found.get(USUAL);
  return [...found].map(([{ label }, runs]) => {
    const of = (pick: (run: Measurement) => number | null): number | null => medianOf(runs.map(pick));
    return [
      label,
      countText(speedOf(runs)),
      ratioText(speedOf(runs), usual ? speedOf(usual) : null),
      countText(of((run) => run.acksPerCpuS)),
      msText(of((run) => run.latencyMs.p50)),
      msText(of((run) => run.latencyMs.p99)),
      msText(of((run) => run.latencyMs.p999)),
      bytesText(of((run) => run.rssBytes)),
      countText(runs.reduce((sum, run) => sum + run.refused + run.closed, 0)),
    ];
  });
}

async function saturated(): Promise<void> {
  for (const kind of kinds) {
    for (const count of connections) {
      // Pictures: a tenth of it, or the sockets' buffers would hold gigabytes.
      const pipeline = Number(values.pipeline) / (kind === 'photo' ? 10 : 1);
      const window = Math.max(1, Math.round(pipeline / count));
      const load = { kind, connections: count, mode: 'saturate', window, rateHz: 0, warmupS: 1.5, seconds } as const;
      printTable(
        `${kind} frames, ${count} connections, ${window} without an answer on each`,
        HEAD,
        rowsOf(await inTurn(load)),
      );
    }
  }
}

async function steady(): Promise<void> {
  const count = values.quick ? 100 : 1000;
  const load = {
    kind: '600 B',
    connections: count,
    mode: 'steady',
    window: 0,
    rateHz: 1,
    warmupS: 3,
    seconds: seconds * 2,
  } as const;
  printTable(`600 B frames, ${count} phones, 1 a second each`, HEAD, rowsOf(await inTurn(load)));
}

async function idle(): Promise<void> {
  const count = Number(values.idle);
  const rows: Array<{ readonly label: string; readonly bytes: number | null }> = [];
  for (const contestant of contestants) {
    const [before, after] = await measureIdle(contestant, count, folder);
    const bytes = before && after ? (after.rssBytes - before.rssBytes) / count : null;
    rows.push({ label: contestant.label, bytes });
  }
  const bare = rows[0]?.bytes ?? null;
  printTable(
    `${count} connections, open and silent`,
    ['server', 'resident memory each', `of ${rows[0]?.label ?? ''}`],
    rows.map(({ label, bytes }) => [label, bytesText(bytes), ratioText(bytes, bare)]),
  );
}

console.log(
  `${new Date().toISOString()}  ${cpus().length} x ${cpus()[0]?.model ?? ''}, ${bytesText(totalmem())}, Node ${process.version}`,
);
console.log(
  `Median of ${rounds} ${rounds === 1 ? 'run' : 'runs'} of ${seconds} s. Load, and each server, in a process of its own.`,
);
console.log(
  'Perch runs with --rate-limit 1000000/s: its limit of 100 frames a second a device is lifted for the load.',
);
if (isInMemory(folder))
  console.log(`WARNING: ${folder} is in memory: fsync costs nothing there. Choose another with --folder.`);
for (const { label, does } of contestants) console.log(`  ${label}: ${does}`);
if (parts.includes('saturated')) await saturated();
if (parts.includes('steady')) await steady();
if (parts.includes('idle')) await idle();
if (parts.includes('signaling')) {
  const clients = values.clients.split(',').map(Number);
  await benchSignaling(perchOf(builds[0] ?? ''), { clients, seconds, rounds, idleS: 32, folder });
}
