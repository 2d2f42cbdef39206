import { join } from 'node:path';
import { startScript } from './measure.ts';
import { type Contestant, startServer } from './server-process.ts';
import type { SignalingLoadOptions, SignalingLoadResult } from './signaling-load.ts';
import { bytesText, countText, medianOf, msText, printTable, ratioText } from './table.ts';

interface Relay extends Contestant {
  readonly dialect: SignalingLoadOptions['dialect'];
}

const BARE: Relay = {
  label: 'ws broadcast loop',
  does: 'sends every message to all others; nothing checked or limited',
  dialect: 'plain',
  args: () => [join(import.meta.dirname, 'servers/broadcast.ts')],
};

const SOCKET_IO: Relay = {
  label: 'Socket.IO',
  does: 'its own broadcast, WebSocket only',
  dialect: 'socket.io',
  path: '/socket.io/?EIO=4&transport=websocket',
  args: () => [join(import.meta.dirname, 'servers/socket-io.ts')],
};

/** How long and how often each is measured. */
export interface SignalingBench {
  readonly clients: readonly number[];
  readonly seconds: number;
  readonly rounds: number;
  /** Without a message, s; the hub's ping comes each 30 s. */
  readonly idleS: number;
  readonly folder: string;
}

interface Run {
  readonly result: SignalingLoadResult;
  /** Share of one core while it measured. */
  readonly cpu: number | null;
  /** Resident memory that each open and silent client costs. */
  readonly bytesEach: number | null;
}

async function run(relay: Relay, load: Omit<SignalingLoadOptions, 'url' | 'dialect'>, folder: string): Promise<Run> {
  const server = await startServer(relay, folder);
  try {
    await settle();
    const before = server.usage();
    const running = startScript('signaling-load.ts', { ...load, url: server.url, dialect: relay.dialect });
    await running.event('connected');
    await settle();
    const open = server.usage();
    running.go();
    await running.event('measuring');
    const from = server.usage();
    const result = (await running.event('done')) as SignalingLoadResult;
    const to = server.usage();
    return {
      result,
      cpu: from && to ? (to.cpuS - from.cpuS) / result.seconds : null,
      bytesEach: before && open ? (open.rssBytes - before.rssBytes) / load.clients : null,
    };
  } finally {
    await server.stop();
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1000));

/** The relay beside a bare loop and Socket.IO: each in a process of its own, the clients in another. */
export async function benchSignaling(hub: Contestant, options: SignalingBench): Promise<void> {
  const { folder, seconds, rounds } = options;
  const perch: Relay = {
    ...hub,
    label: 'Perch /signaling',
    does: 'checked, limited, from put in',
    dialect: 'plain',
    path: '/signaling',
  };
  const relays = [BARE, SOCKET_IO, perch];
  const all = async (load: Omit<SignalingLoadOptions, 'url' | 'dialect'>): Promise<ReadonlyMap<Relay, Run[]>> => {
    const found = new Map<Relay, Run[]>(relays.map((relay) => [relay, []]));
    // In turn: what else the machine does hits each of them.
    for (let round = 0; round < rounds; round += 1) {
      for (const relay of relays) found.get(relay)?.push(await run(relay, load, folder));
    }
    return found;
  };
  for (const clients of options.clients) {
    // 5,000 deliveries a second at most: the latency of a relay at work, not of one that can't keep up.
    const rateHz = Math.min(20, 5000 / clients);
    const talk = await all({ clients, mode: 'talk', rateHz, window: 0, warmupS: 1, seconds });
    const flood = await all({ clients, mode: 'flood', rateHz: 0, window: 32, warmupS: 1, seconds });
    printTable(
      `${clients} clients; the talker sends ${rateHz} a second`,
      HEAD,
      relays.map((relay) => row(relay, talk, flood)),
    );
  }
  const clients = Math.min(1000, Math.max(...options.clients));
  const idle = await all({ clients, mode: 'idle', rateHz: 0, window: 0, warmupS: 0, seconds: options.idleS });
  const of = (relay: Relay, pick: (one: Run) => number | null): number | null =>
    medianOf((idle.get(relay) ?? []).map(pick));
  const bare = of(BARE, ({ bytesEach }) => bytesEach);
  printTable(
    `${clients} clients, open and silent for ${options.idleS} s`,
    ['server', 'resident memory each', 'of the loop', 'of a core, for 100'],
    relays.map((relay) => {
      const bytes = of(relay, ({ bytesEach }) => bytesEach);
      const cpu = of(relay, (one) => one.cpu);
      return [
        relay.label,
        bytesText(bytes),
        ratioText(bytes, bare),
        percentText(cpu === null ? null : (cpu / clients) * 100),
      ];
    }),
  );
}

const HEAD = [
  'server',
  'talker: p50',
  'p99',
  'p99.9',
  'flood: deliveries/s',
  'of the loop',
  'per CPU s',
  'of the loop',
];

function row(relay: Relay, talk: ReadonlyMap<Relay, Run[]>, flood: ReadonlyMap<Relay, Run[]>): readonly string[] {
  const latency = (pick: (one: SignalingLoadResult['latencyMs']) => number | null): string =>
    msText(medianOf((talk.get(relay) ?? []).map(({ result }) => pick(result.latencyMs))));
  const speedOf = (one: Relay): number | null =>
    medianOf((flood.get(one) ?? []).map(({ result }) => result.deliveries / result.seconds));
  const perCpuOf = (one: Relay): number | null =>
    medianOf((flood.get(one) ?? []).map(({ result, cpu }) => (cpu ? result.deliveries / result.seconds / cpu : null)));
  return [
    relay.label,
    latency(({ p50 }) => p50),
    latency(({ p99 }) => p99),
    latency(({ p999 }) => p999),
    countText(speedOf(relay)),
    ratioText(speedOf(relay), speedOf(BARE)),
    countText(perCpuOf(relay)),
    ratioText(perCpuOf(relay), perCpuOf(BARE)),
  ];
}

const percentText = (share: number | null): string => (share === null ? '-' : `${(share * 100).toFixed(2)} %`);
