// Sums up the CPU profiles that `npm run bench -- --servers c --profile FOLDER` leaves: where each thread's time went.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printTable } from './table.ts';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  /** µs since the sample before. */
  readonly timeDeltas: readonly number[];
}

const SHOWN = Number(process.argv[3] ?? 30);
const folder = process.argv[2] ?? '.';

for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))) {
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile;
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const selfUs = new Map<string, number>();
  for (const [index, id] of profile.samples.entries()) {
    const name = names.get(id) ?? '?';
    selfUs.set(name, (selfUs.get(name) ?? 0) + (profile.timeDeltas[index] ?? 0));
  }
  const idle = selfUs.get('(idle)') ?? 0;
  selfUs.delete('(idle)');
  const busy = [...selfUs.values()].reduce((sum, us) => sum + us, 0);
  const top = [...selfUs].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
  const share = (us: number): string => `${((us / busy) * 100).toFixed(1)} %`;
  printTable(
    `${file}: busy ${(busy / 1e6).toFixed(1)} s, idle ${(idle / 1e6).toFixed(1)} s`,
    ['where', 'self'],
    top.map(([name, us]) => [name, share(us)]),
  );
}

function nameOf({ functionName, url, lineNumber }: Profile['nodes'][number]['callFrame']): string {
  const file = url.split('/').slice(-2).join('/');
  return `${functionName || '(anonymous)'} ${file}${file === '' ? '' : `:${lineNumber + 1}`}`.trim();
}
