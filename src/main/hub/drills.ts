import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HubError } from '../../common/contract/errors';
import type { RequestParams } from '../../common/contract/requests';
import type { Drill } from '../../common/model/drill';
import { type DrillHub, type DrillNews, type DrillOrder, DrillThread, type StartDrillHub } from '../drill';
import { newId } from './ids';

interface DrillParts {
  readonly dataDir: string;
  readonly clock: { now(): number };
  readonly startDrillHub?: StartDrillHub;
  readonly onChanged: (drill: Drill) => void;
  readonly onBug: (error: unknown) => void;
}

type End = Pick<Drill, 'state' | 'sentence'>;
type DrillParams = RequestParams<'drill.start'>;

/** In the data folder, so that it is the same disk that is tried. */
const FOLDER = 'drill-';

/** A step of a search takes this long, s. */
const STEP_S = 10;

/** The drills of this run, one at a time: each with a hub of its own that is thrown away. */
export class Drills {
  readonly #parts: DrillParts;
  /** Runs, or was the last. */
  #drill: Drill | null = null;
  #thread: DrillThread | null = null;
  #running: Promise<void> | null = null;
  #isClosed = false;
  /** What runs that were killed left behind is removed first. */
  readonly #swept: Promise<void>;

  constructor(parts: DrillParts) {
    this.#parts = parts;
    this.#swept = sweep(parts.dataDir).catch(parts.onBug);
  }

  get last(): Drill | null {
    return this.#drill;
  }

  /** @throws HubError conflict */
  start(params: DrillParams): Drill {
    const { startDrillHub, clock } = this.#parts;
    if (!startDrillHub) throw new HubError('conflict', 'This hub can not open a second one to drill against.');
    if (this.#running) throw new HubError('conflict', 'A drill runs already: stop it first.');
    this.#drill = firstState(params, clock.now());
    this.#running = this.#run(params, startDrillHub);
    return this.#drill;
  }

  /** @throws HubError conflict */
  stop(): Drill {
    if (!this.#drill || !this.#running) throw new HubError('conflict', 'No drill runs.');
    this.#thread?.stop();
    return this.#change({ state: 'stopping' });
  }

  /** Ends what runs, at once; resolves when its folder is gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#thread?.terminate();
    await this.#running;
  }

  async #run(params: DrillParams, startDrillHub: StartDrillHub): Promise<void> {
    const end = await this.#drillOn(params, startDrillHub);
    // Only now another one may begin: this one's hub and folder are gone.
    this.#running = null;
    this.#thread = null;
    this.#change(end);
  }

  async #drillOn(params: DrillParams, startDrillHub: StartDrillHub): Promise<End> {
    const folders: string[] = [];
    let hub: DrillHub | null = null;
    try {
      await this.#swept;
      const folder = await mkdtemp(join(this.#parts.dataDir, FOLDER));
      folders.push(folder);
      hub = await startDrillHub(folder);
      if (this.#isStopping || this.#isClosed) return { state: 'stopped', sentence: 'Stopped before a phone walked.' };
      const thread = new DrillThread(orderOf(params, hub), (news) => this.#hear(news));
      this.#thread = thread;
      this.#change({ state: 'running' });
      const sentence = await thread.ended;
      return { state: this.#isStopping ? 'stopped' : 'done', sentence };
    } catch (error) {
      return { state: 'failed', sentence: error instanceof Error ? error.message : String(error) };
    } finally {
      await hub?.stop();
      for (const folder of folders) await rm(folder, { recursive: true, force: true }).catch(this.#parts.onBug);
    }
  }

  get #isStopping(): boolean {
    return this.#drill?.state === 'stopping';
  }

  #hear(news: DrillNews): void {
    if (news.kind === 'progress') {
      this.#change(news.progress);
      return;
    }
    const { phones, held, p99Ms } = news;
    this.#change({ steps: [...(this.#drill?.steps ?? []), { phones, held, p99Ms }] });
  }

  #change(change: Partial<Drill>): Drill {
    if (!this.#drill) throw new Error('There is no drill to change.');
    this.#drill = { ...this.#drill, ...change };
    this.#parts.onChanged(this.#drill);
    return this.#drill;
  }
}

function firstState(params: DrillParams, nowMs: number): Drill {
  const { mode, rateHz } = params;
  return {
    drillId: newId('r'),
    mode,
    state: 'starting',
    startedAtMs: nowMs,
    phones: mode === 'phones' ? params.phones : 0,
    rateHz,
    seconds: mode === 'phones' ? params.seconds : STEP_S,
    elapsedS: 0,
    connected: 0,
    captured: 0,
    sent: 0,
    acked: 0,
    lost: 0,
    p50Ms: null,
    p99Ms: null,
    steps: [],
    sentence: null,
  };
}

function orderOf(params: DrillParams, { url, key }: DrillHub): DrillOrder {
  if (params.mode === 'capacity') return { mode: 'capacity', url, key, rateHz: params.rateHz, stepSeconds: STEP_S };
  const { phones, rateHz, seconds, photos, loss, reconnectEveryS } = params;
  const reconnects = reconnectEveryS === null ? {} : { reconnectEvery: reconnectEveryS };
  return { mode: 'phones', url, key, phones, rateHz, seconds, photos, dropRate: loss, ...reconnects };
}

async function sweep(dataDir: string): Promise<void> {
  for (const entry of await readdir(dataDir, { withFileTypes: true })) {
    if (!entry.isDirectory() || !entry.name.startsWith(FOLDER)) continue;
    await rm(join(dataDir, entry.name), { recursive: true, force: true });
  }
}
