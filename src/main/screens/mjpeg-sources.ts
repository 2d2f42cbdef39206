import { randomBytes } from 'node:crypto';
import type { MjpegSource } from '../../common/model/mjpeg-source';
import { addressText, type MjpegAddress } from './mjpeg-address';
import { type MjpegFrame, type MjpegTiming, PulledSource } from './mjpeg-source';
import { askScreenStream } from './screen-stream';

/** Screens that the hub pulls. */
export interface MjpegSources {
  list(): readonly MjpegSource[];
  /** Starts to pull. One of a device, and one of an address: the one before ends. @throws Error with a sentence: too many. */
  add(wanted: {
    readonly deviceId: string | null;
    readonly address: MjpegAddress;
    readonly pin: string | null;
  }): MjpegSource;
  /** @returns false when there is none of that id. */
  remove(sourceId: string): boolean;
  /** See PulledSource.frame; null also when there is no such source. */
  frame(sourceId: string, after: number, patienceMs: number): Promise<MjpegFrame | null>;
  /** Whether ScreenStream answers there, with or without a PIN. */
  isScreenStream(address: MjpegAddress): Promise<boolean>;
  /** Something of the list changed, at most so often as `changedMs` says. Returns the unsubscriber. */
  onChanged(listener: () => void): () => void;
  stop(): void;
}

interface Options {
  readonly now: () => number;
  readonly timing?: Partial<MjpegTiming>;
}

const TIMING: MjpegTiming = { stallMs: 5_000, timeoutMs: 10_000, retryMs: 1_000, longestRetryMs: 15_000 };
/** More is no wall one could look at, and each is a connection that the hub opens. */
const MAX_SOURCES = 64;
/** How long a phone may take to say whether it serves its screen, ms. */
const PROBE_MS = 2_000;
/** Between two tellings of the list, ms. */
const CHANGED_MS = 500;

/** Starts with no source. */
export function createMjpegSources({ now, timing }: Options): MjpegSources {
  const sources = new Map<string, PulledSource>();
  const listeners = new Set<() => void>();
  let telling: NodeJS.Timeout | null = null;
  const changed = (): void => {
    if (telling) return;
    telling = setTimeout(() => {
      telling = null;
      for (const listener of listeners) listener();
    }, CHANGED_MS);
    telling.unref();
  };
  const remove = (sourceId: string): boolean => {
    sources.get(sourceId)?.stop();
    const wasThere = sources.delete(sourceId);
    if (wasThere) changed();
    return wasThere;
  };
  return {
    list: () => [...sources.values()].map(({ view }) => view),
    add: ({ deviceId, address, pin }) => {
      for (const { view } of sources.values()) {
        const isSame = view.address === addressText(address) || (deviceId !== null && view.deviceId === deviceId);
        if (isSame) remove(view.sourceId);
      }
      if (sources.size >= MAX_SOURCES) throw new Error(`There are ${MAX_SOURCES} screens already; remove one first.`);
      const sourceId = `mjpeg_${randomBytes(8).toString('hex')}`;
      const parts = { sourceId, deviceId, address, pin, timing: { ...TIMING, ...timing }, now, onChanged: changed };
      const source = new PulledSource(parts);
      sources.set(sourceId, source);
      changed();
      return source.view;
    },
    remove,
    frame: (sourceId, after, patienceMs) => sources.get(sourceId)?.frame(after, patienceMs) ?? Promise.resolve(null),
    isScreenStream: async (address) => {
      const offer = await askScreenStream({ ...address, pin: null, timeoutMs: PROBE_MS });
      if (offer.kind === 'path') offer.close();
      return offer.kind !== 'other';
    },
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => {
      if (telling) clearTimeout(telling);
      for (const source of sources.values()) source.stop();
      sources.clear();
    },
  };
}
