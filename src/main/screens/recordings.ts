import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { type FileHandle, open, statfs } from 'node:fs/promises';
import type { Recording } from '../../common/model/recording';
import { finishRecording } from './finish';
import { RecordingFiles } from './recording-files';

/** Why a recording was refused, for the hub to put into words of the contract. */
export class RecordingError extends Error {
  readonly code: 'not_found' | 'conflict' | 'storage_unavailable';
  constructor(code: RecordingError['code'], message: string) {
    super(message);
    this.name = 'RecordingError';
    this.code = code;
  }
}

/** What is said of one at its beginning. */
export type NewRecording = Pick<Recording, 'sessionId' | 'deviceId' | 'name' | 'source' | 'kind'> & {
  /** What is recorded, whatever it is called: of one share there is one recording at a time. */
  readonly shareId: string;
};

interface Options {
  readonly dataDir: string;
  readonly now: () => number;
  readonly log: (message: string, detail: object) => void;
  /** Free space, bytes; the file system's own when left out. */
  readonly freeBytes?: () => Promise<number>;
}

interface Running {
  readonly shareId: string;
  readonly file: FileHandle;
  /** Chunks written. */
  chunks: number;
  /** Chunks are written one after the other. */
  turn: Promise<unknown>;
}

/** Below this much free space a recording ends: frames need what is left more. */
const KEPT_FREE_BYTES = 256 * 1024 * 1024;

/** Recordings of shares: written chunk by chunk, so that a crash costs the last second; then finished so that they seek. */
export class Recordings {
  readonly #options: Options;
  readonly #files: RecordingFiles;
  readonly #all = new Map<string, Recording>();
  readonly #running = new Map<string, Running>();
  readonly #listeners = new Set<(recording: Recording, isGone: boolean) => void>();
  #finishing: Promise<void> = Promise.resolve();

  /** Finishes, in the background, what an earlier run left. */
  constructor(options: Options) {
    this.#options = options;
    this.#files = new RecordingFiles(options.dataDir);
    for (const recording of this.#files.read()) {
      this.#all.set(recording.recordingId, recording);
      if (recording.state === 'recording' || recording.state === 'finishing') this.#recover(recording);
    }
  }

  list(sessionId: string): readonly Recording[] {
    return [...this.#all.values()].filter((one) => one.sessionId === sessionId);
  }

  /** Bytes of the recordings of each session that has some, by its id. */
  sizes(): Readonly<Record<string, number>> {
    const sizes: Record<string, number> = {};
    for (const { sessionId, bytes } of this.#all.values()) sizes[sessionId] = (sizes[sessionId] ?? 0) + bytes;
    return sizes;
  }

  get(recordingId: string): Recording | null {
    return this.#all.get(recordingId) ?? null;
  }

  /** Its file, once it plays. */
  pathOf(recordingId: string): string | null {
    return this.#all.get(recordingId)?.state === 'ready' ? this.#files.whole(recordingId) : null;
  }

  /** @throws RecordingError conflict: it is recorded already; storage_unavailable. */
  async start({ shareId, ...about }: NewRecording): Promise<Recording> {
    if ([...this.#running.values()].some((one) => one.shareId === shareId)) {
      throw new RecordingError('conflict', 'This is being recorded already, in another control room.');
    }
    await this.#assertRoom();
    const recordingId = `rec_${randomBytes(8).toString('hex')}`;
    const recording: Recording = {
      ...about,
      recordingId,
      startedAtMs: this.#options.now(),
      endedAtMs: null,
      bytes: 0,
      durationMs: null,
      state: 'recording',
      ending: null,
    };
    const file = await open(this.#files.part(recordingId), 'wx', 0o600);
    this.#running.set(recordingId, { shareId, file, chunks: 0, turn: Promise.resolve() });
    await this.#show(recording);
    return recording;
  }

  /**
   * Writes the chunk with this number, from 0. @returns bytes so far.
   * @throws RecordingError not_found: it ended; conflict: a chunk is missing before it; storage_unavailable: it ended,
   * the disk is too full.
   */
  append(recordingId: string, index: number, chunk: Buffer): Promise<number> {
    const running = this.#running.get(recordingId);
    if (!running) return Promise.reject(new RecordingError('not_found', 'This recording has ended.'));
    const written = running.turn.then(() => this.#write(recordingId, running, index, chunk));
    running.turn = written.catch(() => undefined);
    return written;
  }

  /** Ends it; it is finished in the background. @throws RecordingError not_found. */
  async stop(recordingId: string, ending: 'stopped' | 'disk' | 'lost' = 'stopped'): Promise<Recording> {
    const running = this.#running.get(recordingId);
    const recording = this.#all.get(recordingId);
    if (!running || !recording) throw new RecordingError('not_found', 'This recording has ended.');
    this.#running.delete(recordingId);
    await running.turn;
    await running.file.sync();
    await running.file.close();
    const now = this.#all.get(recordingId) ?? recording;
    const ended: Recording = { ...now, state: 'finishing', ending, endedAtMs: this.#options.now() };
    await this.#show(ended);
    this.#finishLater(ended);
    return ended;
  }

  /** @throws RecordingError not_found; conflict while it is recorded. */
  remove(recordingId: string): void {
    const recording = this.#all.get(recordingId);
    if (!recording) throw new RecordingError('not_found', 'There is no such recording.');
    if (this.#running.has(recordingId)) throw new RecordingError('conflict', 'Stop the recording first.');
    this.#files.remove(recordingId);
    this.#all.delete(recordingId);
    for (const listener of this.#listeners) listener(recording, true);
  }

  /** Removes all of a session, or of a device, ending those that run. @returns how many. */
  async erase(whose: { readonly sessionId: string } | { readonly deviceId: string }): Promise<number> {
    const gone = [...this.#all.values()].filter((one) =>
      'sessionId' in whose ? one.sessionId === whose.sessionId : one.deviceId === whose.deviceId,
    );
    for (const { recordingId } of gone) {
      if (this.#running.has(recordingId)) await this.stop(recordingId);
      await this.#finishing;
      this.remove(recordingId);
    }
    return gone.length;
  }

  onChanged(listener: (recording: Recording, isGone: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends all, and waits for what is being finished: a later start would else do it again. */
  async close(): Promise<void> {
    for (const recordingId of [...this.#running.keys()]) await this.stop(recordingId, 'lost');
    await this.#finishing;
  }

  async #write(recordingId: string, running: Running, index: number, chunk: Buffer): Promise<number> {
    if (index !== running.chunks) throw new RecordingError('conflict', `Chunk ${running.chunks} comes next.`);
    try {
      await this.#assertRoom();
      await running.file.write(chunk);
      await running.file.datasync();
    } catch (error) {
      // Not awaited: it waits for this very turn.
      if (this.#running.has(recordingId)) void this.stop(recordingId, 'disk').catch(() => undefined);
      if (error instanceof RecordingError) throw error;
      throw new RecordingError(
        'storage_unavailable',
        'The recording could not be written: the disk is full or failing.',
      );
    }
    running.chunks += 1;
    const before = this.#all.get(recordingId);
    if (!before) return 0;
    const recording = { ...before, bytes: before.bytes + chunk.byteLength };
    this.#all.set(recordingId, recording);
    this.#tell(recording);
    return recording.bytes;
  }

  async #assertRoom(): Promise<void> {
    const free = await (this.#options.freeBytes ?? (() => freeBytesOf(this.#options.dataDir)))();
    if (free >= KEPT_FREE_BYTES) return;
    throw new RecordingError(
      'storage_unavailable',
      'The disk is nearly full: recordings end, so that frames are kept.',
    );
  }

  #recover(recording: Recording): void {
    const part = this.#files.part(recording.recordingId);
    const size = existsSync(part) ? statSync(part) : null;
    const endedAtMs = recording.endedAtMs ?? size?.mtimeMs ?? recording.startedAtMs;
    const ended: Recording = {
      ...recording,
      bytes: size?.size ?? recording.bytes,
      state: 'finishing',
      ending: recording.ending ?? 'lost',
      endedAtMs: Math.round(endedAtMs),
    };
    this.#all.set(recording.recordingId, ended);
    this.#finishLater(ended);
  }

  /** One after the other: each reads and writes a whole file. */
  #finishLater(recording: Recording): void {
    this.#finishing = this.#finishing
      .then(() => this.#finish(recording))
      .catch((error: unknown) => this.#options.log('a recording could not be finished', { err: error }));
  }

  async #finish(recording: Recording): Promise<void> {
    const { recordingId } = recording;
    const to = this.#files.whole(recordingId);
    const report = await finishRecording({ from: this.#files.part(recordingId), to });
    if (report.kind === 'failed') {
      this.#options.log('a recording has nothing that plays', { recordingId, reason: report.reason });
      await this.#show({ ...recording, state: 'failed' });
      return;
    }
    await this.#show({ ...recording, state: 'ready', durationMs: report.durationMs, bytes: statSync(to).size });
    await this.#files.dropPart(recordingId);
  }

  async #show(recording: Recording): Promise<void> {
    this.#all.set(recording.recordingId, recording);
    await this.#files.describe(recording);
    this.#tell(recording);
  }

  #tell(recording: Recording): void {
    for (const listener of this.#listeners) listener(recording, false);
  }
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
