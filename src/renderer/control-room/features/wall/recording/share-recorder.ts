import type { HubClient } from '../../../../../common/contract/client';
import type { RequestInput } from '../../../../../common/contract/requests';
import { ChunkQueue } from './chunk-queue';
import { mediaOptions } from './media-options';
import type { Recordable } from './picture-stream';

/** A crash of the laptop costs this much at most, ms. */
const CHUNK_MS = 1_000;

interface Options {
  readonly client: HubClient;
  readonly about: RequestInput<'recording.start'>;
  /** What the hub calls it. */
  named(recordingId: string): void;
  grew(bytes: number): void;
  /** It runs: what is seen from here on is kept. */
  began(): void;
  /** Once, at its end. null: it was stopped, or what it recorded ended; all is on the disk. */
  ended(error: unknown): void;
}

/** One recording, from its beginning to its end. */
export class ShareRecorder {
  readonly #options: Options;
  readonly #queue: ChunkQueue;
  /** Of the recording in the hub; null before it was asked for. */
  #id: Promise<string> | null = null;
  #recorder: MediaRecorder | null = null;
  #isStopping = false;
  #trouble: unknown = null;

  constructor(options: Options) {
    this.#options = options;
    this.#queue = new ChunkQueue({
      append: async (index, chunk) => {
        const recordingId = await this.#announced();
        return (await options.client.request('recording.append', { recordingId, index, chunk })).bytes;
      },
      grew: (bytes) => options.grew(bytes),
      failed: (error) => this.#fail(error),
      now: () => performance.now(),
    });
  }

  /** Runs until `stop`, trouble, or the end of what it records. Never rejects: see `ended`. */
  async run(open: () => Promise<Recordable>): Promise<void> {
    let recordable: Recordable | null = null;
    try {
      recordable = await open();
      if (!this.#isStopping) await this.#record(recordable.stream, mediaOptions(recordable.height));
      await this.#queue.drained();
      await this.#finish();
    } catch (error) {
      this.#trouble ??= error;
    }
    recordable?.close();
    this.#options.ended(this.#trouble);
  }

  /** What came so far is kept. */
  stop(): void {
    this.#isStopping = true;
    if (this.#recorder?.state === 'recording') this.#recorder.stop();
  }

  #record(stream: MediaStream, settings: MediaRecorderOptions): Promise<void> {
    return new Promise((resolve) => {
      const recorder = new MediaRecorder(stream, settings);
      this.#recorder = recorder;
      recorder.ondataavailable = ({ data }) => this.#queue.push(data);
      // All that there is has been handed over before. Also when the last track has ended.
      recorder.onstop = () => resolve();
      // The encoder takes its time to begin; the hub is asked at the very first picture, so that its clock says when that was.
      recorder.onstart = () => {
        this.#announced().then(
          () => this.#options.began(),
          (error: unknown) => this.#fail(error),
        );
      };
      recorder.start(CHUNK_MS);
    });
  }

  #announced(): Promise<string> {
    this.#id ??= this.#announce();
    return this.#id;
  }

  async #announce(): Promise<string> {
    const { recording } = await this.#options.client.request('recording.start', this.#options.about);
    this.#options.named(recording.recordingId);
    return recording.recordingId;
  }

  #fail(error: unknown): void {
    this.#trouble ??= error;
    this.stop();
  }

  /** After trouble too: the hub closes what came until then. */
  async #finish(): Promise<void> {
    if (this.#id === null) return;
    const recordingId = await this.#id;
    const stopped = this.#options.client.request('recording.stop', { recordingId });
    // The hub has ended it by itself: what led to it is the trouble to tell.
    if (this.#trouble === null) await stopped;
    else await stopped.catch(() => undefined);
  }
}
