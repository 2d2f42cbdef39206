import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Recording } from '../../common/model/recording';
import { type FreeBytes, freeBytesOf, hasRoom } from './disk-room';
import { type Finished, Finisher } from './finisher';
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
  /** Of one share there is one recording at a time. */
  readonly shareId: string;
};

interface Options {
  readonly dataDir: string;
  readonly now: () => number;
  readonly log: (message: string, detail: object) => void;
  /** The file system's own when left out. */
  readonly freeBytes?: FreeBytes;
  /** Between two looks whether the disk has room to finish what waits for it, ms. */
  readonly retryMs?: number;
}

const RETRY_MS = 60_000;
/** A hub that is asked to go is gone within 5 s: what takes longer to finish is finished at the next start. */
const CLOSE_MS = 2_000;

interface Running {
  readonly file: FileHandle;
  /** Chunks written. */
  chunks: number;
  /** Chunks are written one after the other. */
  turn: Promise<unknown>;
}

/** Recordings of shares: written chunk by chunk, so that a crash costs the last second; then finished so that they seek. */
export class Recordings {
  readonly #options: Options;
  readonly #files: RecordingFiles;
  readonly #all = new Map<string, Recording>();
  readonly #running = new Map<string, Running>();
  readonly #listeners = new Set<(recording: Recording, isGone: boolean) => void>();
  /** Shares that are recorded, or are about to be. */
  readonly #taken = new Set<string>();
  readonly #freeBytes: FreeBytes;
  readonly #finisher: Finisher;

  /** Finishes, in the background, what an earlier run left. */
  constructor(options: Options) {
    this.#options = options;
    this.#files = new RecordingFiles(options.dataDir);
    this.#freeBytes = options.freeBytes ?? freeBytesOf(options.dataDir);
    this.#finisher = new Finisher({
      files: this.#files,
      freeBytes: this.#freeBytes,
      retryMs: options.retryMs ?? RETRY_MS,
      log: options.log,
      done: (recordingId, finished) => this.#finished(recordingId, finished),
    });
    for (const recording of this.#files.read()) {
      this.#all.set(recording.recordingId, recording);
      if (recording.state === 'recording' || recording.state === 'finishing') this.#recover(recording);
      else if (recording.state === 'ready') this.#files.dropPart(recording.recordingId);
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

  /** Its file, once it has ended: whole, or, before it is finished, as it came. */
  pathOf(recordingId: string): string | null {
    switch (this.#all.get(recordingId)?.state) {
      case 'ready':
        return this.#files.whole(recordingId);
      case 'finishing':
        return this.#files.part(recordingId);
      default:
        return null;
    }
  }

  /** @throws RecordingError conflict: it is recorded already; storage_unavailable. */
  async start(about: NewRecording): Promise<Recording> {
    const { shareId } = about;
    if (this.#taken.has(shareId)) {
      throw new RecordingError('conflict', 'This is being recorded already, in another control room.');
    }
    this.#taken.add(shareId);
    try {
      return await this.#begin(about);
    } catch (error) {
      this.#taken.delete(shareId);
      throw error;
    }
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
  async stop(recordingId: string, ending: NonNullable<Recording['ending']> = 'stopped'): Promise<Recording> {
    const running = this.#running.get(recordingId);
    const recording = this.#all.get(recordingId);
    if (!running || !recording) throw new RecordingError('not_found', 'This recording has ended.');
    this.#running.delete(recordingId);
    await running.turn;
    await this.#seal(recordingId, running.file);
    const now = this.#all.get(recordingId) ?? recording;
    const ended: Recording = { ...now, state: 'finishing', ending, endedAtMs: this.#options.now() };
    if (recording.shareId !== null) this.#taken.delete(recording.shareId);
    await this.#show(ended);
    this.#finisher.add(recordingId);
    return ended;
  }

  /** Ends those of other sessions than the current one: each recording is of one session. */
  async endOthers(currentSessionId: string): Promise<void> {
    for (const recordingId of [...this.#running.keys()]) {
      // Another may have ended by itself while one was waited for.
      const isOther = this.#running.has(recordingId) && this.#all.get(recordingId)?.sessionId !== currentSessionId;
      if (isOther) await this.stop(recordingId, 'session');
    }
  }

  /** @throws RecordingError not_found; conflict while it is recorded. */
  remove(recordingId: string): void {
    const recording = this.#all.get(recordingId);
    if (!recording) throw new RecordingError('not_found', 'There is no such recording.');
    if (this.#running.has(recordingId)) throw new RecordingError('conflict', 'Stop the recording first.');
    this.#files.remove(recordingId);
    this.#all.delete(recordingId);
    this.#finisher.forget(recordingId);
    for (const listener of this.#listeners) listener(recording, true);
    this.#finisher.tryAgain();
  }

  /** Removes all of a session, or of a device, ending those that run. @returns how many. */
  async erase(whose: { readonly sessionId: string } | { readonly deviceId: string }): Promise<number> {
    const gone = [...this.#all.values()].filter((one) =>
      'sessionId' in whose ? one.sessionId === whose.sessionId : one.deviceId === whose.deviceId,
    );
    for (const { recordingId } of gone) {
      if (this.#running.has(recordingId)) await this.stop(recordingId);
      await this.settled();
      this.remove(recordingId);
    }
    return gone.length;
  }

  onChanged(listener: (recording: Recording, isGone: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when all that ended is finished, or waits for room on the disk. */
  settled(): Promise<void> {
    return this.#finisher.settled();
  }

  /** Ends all, and waits a moment for what is being finished: a later start would else do it again. */
  async close(): Promise<void> {
    for (const recordingId of [...this.#running.keys()]) await this.stop(recordingId, 'lost');
    await this.#finisher.close(CLOSE_MS);
  }

  async #begin(about: NewRecording): Promise<Recording> {
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
    try {
      await this.#show(recording);
    } catch (error) {
      await file.close();
      this.#all.delete(recordingId);
      this.#files.remove(recordingId);
      throw error;
    }
    this.#running.set(recordingId, { file, chunks: 0, turn: Promise.resolve() });
    return recording;
  }

  /** Every chunk is on the disk already: a disk that fails now is no reason to lose them. */
  async #seal(recordingId: string, file: FileHandle): Promise<void> {
    try {
      await file.sync();
    } catch (error) {
      this.#options.log('the end of a recording may not be on the disk', { recordingId, err: error });
    } finally {
      await file.close().catch(() => undefined);
    }
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
    if (await hasRoom(this.#freeBytes, 0)) return;
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
    this.#finisher.add(recording.recordingId);
  }

  async #finished(recordingId: string, finished: Finished): Promise<boolean> {
    const recording = this.#all.get(recordingId);
    if (!recording) return false;
    const { durationMs, bytes } = finished.kind === 'ready' ? finished : recording;
    await this.#show({ ...recording, state: finished.kind === 'ready' ? 'ready' : 'failed', durationMs, bytes });
    return this.#all.has(recordingId);
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
