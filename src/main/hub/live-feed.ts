import type { HubConnection } from '../../common/contract/server';
import type { Transport } from '../../common/rpc/transport';
import type { LiveState } from './live-state';

/** 10 batches a second: as fast as an eye follows, and a tenth of what a busy hub takes in. */
const BATCH_MS = 100;

/** A reader with more than this unsent gets nothing new until it has caught up: then the newest, in one batch. */
const HIGH_WATER_BYTES = 1024 * 1024;

interface Reader {
  readonly connection: HubConnection;
  readonly transport: Transport;
  readonly changed: Set<string>;
  readonly removed: Set<string>;
  mergedFrames: number;
}

/** Sends each subscribed control room what changed. */
export class LiveFeed {
  readonly #readers = new Map<HubConnection, Reader>();
  readonly #state: LiveState;
  readonly #clock: { now(): number };
  #timer: NodeJS.Timeout | null = null;

  constructor(state: LiveState, clock: { now(): number }) {
    this.#state = state;
    this.#clock = clock;
  }

  subscribe(connection: HubConnection, transport: Transport): void {
    if (this.#readers.has(connection)) return;
    this.#readers.set(connection, { connection, transport, changed: new Set(), removed: new Set(), mergedFrames: 0 });
  }

  unsubscribe(connection: HubConnection): void {
    this.#readers.delete(connection);
  }

  changed(deviceId: string, frames: number): void {
    for (const reader of this.#readers.values()) {
      reader.removed.delete(deviceId);
      reader.changed.add(deviceId);
      reader.mergedFrames += frames;
    }
    this.#schedule();
  }

  removed(deviceId: string): void {
    for (const reader of this.#readers.values()) {
      reader.changed.delete(deviceId);
      reader.removed.add(deviceId);
    }
    this.#schedule();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#readers.clear();
  }

  #schedule(): void {
    if (this.#timer || this.#readers.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      for (const reader of this.#readers.values()) this.#send(reader);
      // A reader over its high-water mark still has something coming.
      if ([...this.#readers.values()].some(({ changed, removed }) => changed.size + removed.size > 0)) this.#schedule();
    }, BATCH_MS);
    this.#timer.unref();
  }

  #send(reader: Reader): void {
    if (reader.changed.size + reader.removed.size === 0 || reader.transport.bufferedBytes > HIGH_WATER_BYTES) return;
    reader.connection.emit('live.batch', {
      nowMs: this.#clock.now(),
      devices: [...reader.changed].flatMap((deviceId) => this.#state.get(deviceId) ?? []),
      removed: [...reader.removed],
      mergedFrames: reader.mergedFrames,
    });
    reader.changed.clear();
    reader.removed.clear();
    reader.mergedFrames = 0;
  }
}
