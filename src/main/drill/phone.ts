import type { SeqRange } from '../../common/model/delivery';
import type { BatchAck, DataAck, HubToPhone, IngestError } from '../../common/wire/ingest';
import { Connection } from './connection';
import type { DrillRefused } from './options';
import { Outbox, type QueuedFrame } from './outbox';
import { photoOf } from './photo';
import type { Random } from './random';
import type { Tally } from './tally';
import type { Walk } from './walk';

/** What one phone of a drill is made of. */
export interface PhoneOptions {
  readonly endpoint: URL;
  readonly key: string | null;
  /** Persistent id and what the operator reads. */
  readonly deviceId: string;
  readonly name: string;
  readonly walk: Walk;
  readonly random: Random;
  /** See DrillOptions. */
  readonly dropRate: number;
  readonly reconnectEvery: number | null;
  readonly ackSeconds: number;
  readonly ca: string | undefined;
  readonly tally: Tally;
  /** Nothing waits any more. */
  onSettled(): void;
  onForbidden(error: DrillRefused): void;
}

/** Half of the burst that the hub allows a device (docs/wire-protocol.md, section 3). */
const BATCH_FRAMES = 100;
/** Beyond this a phone waits until its socket has room: what it can't send stays in the queue, bytes. */
const HIGH_WATER_BYTES = 1024 * 1024;
/** Back-off after a connection that failed, ms. */
const RETRY_FIRST_MS = 250;
const RETRY_LONGEST_MS = 5000;
/** For answers that ask for patience and do not say how much, ms. */
const PATIENCE_MS = 1000;

/** One phone: walks, captures, queues, sends, and sends again until it is acked. */
export class DrillPhone {
  readonly #options: PhoneOptions;
  readonly #outbox = new Outbox();
  /** A phone that was started anew counts from 1 in a boot of its own. */
  readonly #boot: string;
  #connection: Connection | null = null;
  #isWelcome = false;
  /** Of the batch under way; null when there is none. */
  #batch: readonly QueuedFrame[] | null = null;
  #failures = 0;
  /** Nothing is sent before it: steady clock, ms. */
  #heldUntilMs = 0;
  #isOver = false;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(options: PhoneOptions) {
    this.#options = options;
    this.#boot = `drill-${Math.floor(options.random() * 2 ** 32).toString(36)}-${Date.now().toString(36)}`;
  }

  /** Frames without an answer. */
  get waiting(): number {
    return this.#outbox.size;
  }

  connect(): void {
    if (this.#isOver) return;
    const { endpoint, key, ca, deviceId, name } = this.#options;
    const connection = new Connection(
      { endpoint, key, ca },
      {
        opened: () =>
          connection.send({ type: 'handshake', client: 'perch-drill', version: '1', deviceId, username: name }),
        received: (message) => this.#received(message),
        lost: () => this.#lost(),
        forbidden: (error) => this.#options.onForbidden(error),
      },
    );
    this.#connection = connection;
  }

  /** Takes a frame. @param photo name of a picture; null without one. */
  capture(photo: string | null): void {
    const { counts } = this.#options.tally;
    counts.captured += 1;
    if (photo !== null) counts.photos += 1;
    this.#outbox.add(this.#options.walk.frame(Date.now()), photo);
    this.#pump();
  }

  /** To be called now and then: what got no answer in time is lost, and so is the connection it was sent over. */
  giveUpSilence(): void {
    const lost = this.#outbox.giveUp(performance.now() - this.#options.ackSeconds * 1000);
    if (lost === 0) return;
    this.#options.tally.counts.lost += lost;
    this.#cut();
    if (this.#outbox.size === 0) this.#options.onSettled();
  }

  /** Ends it, whatever waits. */
  async close(): Promise<void> {
    this.#isOver = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#setWelcome(false);
    await this.#connection?.close();
  }

  /** Sends what waits: one frame as `data`, several as a `batch`, of which one is under way at a time. */
  #pump(): void {
    while (
      this.#isWelcome &&
      performance.now() >= this.#heldUntilMs &&
      this.#batch === null &&
      this.#outbox.unsent > 0
    ) {
      const connection = this.#connection;
      if (!connection) return;
      if (connection.bufferedBytes > HIGH_WATER_BYTES) {
        this.#hold(50);
        return;
      }
      const frames = this.#outbox.take(BATCH_FRAMES);
      const isBroken = this.#options.random() < this.#options.dropRate;
      // Lost on the way there, or the ack lost on the way back.
      if (isBroken && this.#options.random() < 0.5) {
        this.#cut();
        return;
      }
      this.#send(connection, frames);
      if (isBroken) this.#cut();
    }
  }

  #send(connection: Connection, frames: readonly QueuedFrame[]): void {
    const { counts } = this.#options.tally;
    const boot = this.#boot;
    const sentAtMs = performance.now();
    for (const frame of frames) {
      counts.sent += 1;
      if (frame.sends > 0) counts.resent += 1;
      frame.sends += 1;
      frame.sentAtMs = sentAtMs;
    }
    const items = frames.map(({ seq, data, photo }) => ({
      seq,
      data: photo === null ? data : { ...data, photoBase64: photoOf(photo) },
    }));
    const [only] = items;
    if (only && items.length === 1) {
      counts.bytesSent += connection.send({ type: 'data', boot, ...only });
      return;
    }
    this.#batch = frames;
    counts.bytesSent += connection.send({ type: 'batch', boot, frames: items, live: false });
  }

  #received(message: HubToPhone): void {
    switch (message.type) {
      case 'welcome':
        this.#failures = 0;
        this.#options.tally.counts.connections += 1;
        this.#setWelcome(true);
        this.#breakLater();
        break;
      case 'ack':
        this.#acked(message);
        break;
      case 'error':
        this.#errored(message);
        break;
      // A drill has no person to read, show or press anything.
      case 'server_shutdown':
      case 'pong':
      case 'config':
      case 'message':
      case 'request':
      case 'kicked':
        break;
    }
    this.#pump();
  }

  #acked(ack: DataAck | BatchAck): void {
    if ('settled' in ack) {
      this.#batch = null;
      this.#options.tally.counts.duplicates += ack.duplicates;
      const refused = new Map(ack.refused.map(({ seq, code }) => [seq, code]));
      this.#settle(ack.settled, (seq) => refused.get(seq) ?? null);
    } else if (ack.seq !== undefined) this.#settle([[ack.seq, ack.seq]], () => null);
  }

  #settle(ranges: readonly SeqRange[], refusalOf: (seq: number) => string | null): void {
    const { tally } = this.#options;
    const now = performance.now();
    for (const { seq, sentAtMs } of this.#outbox.settle(ranges)) {
      const code = refusalOf(seq);
      if (code === null) tally.acked(now - (sentAtMs ?? now));
      else tally.refused(code, 1);
    }
    if (this.#outbox.size === 0) this.#options.onSettled();
  }

  /** Of one frame, when it has a seq, else of the batch under way. */
  #errored({ code, seq, retryAfterMs }: IngestError): void {
    const seqs = seq === undefined ? (this.#batch ?? []).map((frame) => frame.seq) : [seq];
    if (seq === undefined) this.#batch = null;
    if (code === 'rate_limited' || code === 'storage_unavailable') {
      this.#options.tally.putOff(code);
      this.#outbox.putBack(seqs);
      this.#hold(retryAfterMs ?? PATIENCE_MS);
    } else this.#settle(toRanges(seqs), () => code);
  }

  #cut(): void {
    this.#connection?.cut();
    this.#reconnect(RETRY_FIRST_MS);
  }

  #lost(): void {
    this.#failures += 1;
    this.#options.tally.counts.failures += 1;
    this.#reconnect(Math.min(RETRY_LONGEST_MS, RETRY_FIRST_MS * 2 ** Math.min(this.#failures, 10)));
  }

  #reconnect(longestMs: number): void {
    this.#setWelcome(false);
    this.#connection = null;
    this.#batch = null;
    this.#outbox.rewind();
    // Full jitter: a hub that comes back must not meet all phones at once.
    this.#later(this.#options.random() * longestMs, () => this.connect());
  }

  #breakLater(): void {
    const { reconnectEvery } = this.#options;
    if (reconnectEvery === null) return;
    const broken = this.#connection;
    this.#later(reconnectEvery * 1000, () => {
      if (broken !== null && broken === this.#connection) this.#cut();
    });
  }

  #hold(ms: number): void {
    this.#heldUntilMs = Math.max(this.#heldUntilMs, performance.now() + ms);
    // A timer may be early by a fraction of its millisecond.
    this.#later(ms + 1, () => this.#pump());
  }

  #setWelcome(isWelcome: boolean): void {
    if (this.#isWelcome !== isWelcome) this.#options.tally.connected += isWelcome ? 1 : -1;
    this.#isWelcome = isWelcome;
  }

  #later(ms: number, action: () => void): void {
    if (this.#isOver) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, ms);
    this.#timers.add(timer);
  }
}

const toRanges = (seqs: readonly number[]): readonly SeqRange[] => seqs.map((seq) => [seq, seq]);
