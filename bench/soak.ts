// `npm run soak`: 1,000 frames a second for a long time, to see whether anything grows. `-- --minutes 20` is the full one.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { LoadResult } from './load.ts';
import { startLoad } from './measure.ts';
import { perch, startServer, type Usage } from './server-process.ts';
import { bytesText, countText, medianOf, msText, printTable } from './table.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    phones: { type: 'string', default: '100' },
    // Frames a second of each phone.
    rate: { type: 'string', default: '10' },
    perch: { type: 'string', default: join(root, 'out/main/headless.js') },
    folder: { type: 'string', default: join(root, 'node_modules/.cache/perch-bench') },
  },
});

const minutes = Number(values.minutes);
/** Enough samples for a median of each third, also of a short run. */
const sampleS = Math.max(2, Math.min(10, minutes));

interface Sample {
  readonly atS: number;
  readonly usage: Usage;
  readonly load: LoadResult;
}

/** What must not grow from the first third of the last three quarters to the last third. */
const MEASURES: readonly {
  readonly name: string;
  readonly pick: (sample: Sample) => number | null;
  readonly text: (value: number | null) => string;
  /** The greatest value that still counts as flat. */
  readonly limit: (first: number) => number;
}[] = [
  // The collector lets the heap breathe by some ten MiB.
  {
    name: 'memory',
    pick: ({ usage }) => usage.rssBytes,
    text: bytesText,
    limit: (first) => first * 1.1 + 16 * 1024 ** 2,
  },
  { name: 'handles', pick: ({ usage }) => usage.handles, text: countText, limit: (first) => first + 2 },
  { name: 'ack p50', pick: ({ load }) => load.latencyMs.p50, text: msText, limit: (first) => first * 1.5 + 1 },
  // Checkpoints of the log come and go.
  { name: 'ack p99', pick: ({ load }) => load.latencyMs.p99, text: msText, limit: (first) => first * 2 + 10 },
];

const server = await startServer(perch('Perch', resolve(values.perch)), resolve(values.folder));
const samples: Sample[] = [];
const running = startLoad(
  {
    url: server.url,
    connections: Number(values.phones),
    kind: '600 B',
    mode: 'steady',
    window: 0,
    rateHz: Number(values.rate),
    warmupS: 2,
    seconds: minutes * 60,
    sampleS,
  },
  (load) => {
    const usage = server.usage();
    if (!usage) throw new Error('The soak reads /proc: it runs on Linux.');
    samples.push({ atS: samples.length * sampleS, usage, load });
    if (samples.length % 6 === 1) print(samples.slice(-1));
  },
);
await running.event('connected');
running.go();
const total = (await running.event('done')) as LoadResult;
await server.stop();

function print(some: readonly Sample[]): void {
  for (const { atS, usage, load } of some) {
    console.log(
      [
        `${Math.round(atS)} s`,
        `${countText(load.acked / load.seconds)} frames/s`,
        ...MEASURES.map(({ name, pick, text }) => `${name} ${text(pick({ atS, usage, load }))}`),
      ].join(', '),
    );
  }
}

const lastPart = samples.slice(Math.floor(samples.length / 4));
const third = Math.max(1, Math.floor(lastPart.length / 3));
let isFlat = total.refused === 0 && total.closed === 0;
const rows = MEASURES.map(({ name, pick, text, limit }) => {
  const first = medianOf(lastPart.slice(0, third).map(pick));
  const last = medianOf(lastPart.slice(-third).map(pick));
  const holds = first !== null && last !== null && last <= limit(first);
  isFlat &&= holds;
  return [name, text(first), text(last), holds ? 'flat' : 'GROWS'];
});
printTable(
  `Medians of the first and the last third of the last ${Math.round(minutes * 0.75 * 10) / 10} minutes`,
  ['', 'first', 'last', ''],
  rows,
);
const { p50, p99, p999, max } = total.latencyMs;
console.log(
  `\n${countText(total.acked)} frames acked (${countText(total.acked / total.seconds)} a second), ${total.refused} refused, ${total.closed} connections lost; ` +
    `ack p50 ${msText(p50)}, p99 ${msText(p99)}, p99.9 ${msText(p999)}, longest ${msText(max)}.`,
);
console.log(isFlat ? 'The last three quarters are flat.' : 'NOT flat.');
process.exitCode = isFlat ? 0 : 1;
