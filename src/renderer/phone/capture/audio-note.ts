import type { AudioNote } from '../stores/phone-store';

/** In order of liking: Opus is small and everywhere but in Safari, which writes AAC. */
const TYPES = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'] as const;
/** Speech stays clear: 180 kB a minute. */
const BITS_PER_SECOND = 24_000;

export interface AudioNoteListener {
  changed(note: AudioNote): void;
  /** A note is done: `data:audio/...` URL, and when it began (device clock, ms). */
  recorded(audioBase64: string, startedAtMs: number): void;
}

interface Running {
  readonly recorder: MediaRecorder;
  readonly stream: MediaStream;
  readonly startedAtMs: number;
  readonly limit: ReturnType<typeof setTimeout>;
  isCancelled: boolean;
}

/** One spoken note at a time, from the microphone. */
export class AudioNotes {
  readonly #listener: AudioNoteListener;
  #running: Running | null = null;
  #isAsking = false;

  constructor(listener: AudioNoteListener) {
    this.#listener = listener;
  }

  /** Inside a tap. False where the person or the browser says no. `longestSeconds`: it then ends by itself, and is kept. */
  async start(longestSeconds: number): Promise<boolean> {
    if (this.#running || this.#isAsking) return true;
    this.#isAsking = true;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      this.#record(stream, longestSeconds);
      return true;
    } catch {
      // No secure page, no microphone, no leave, no recorder in this browser.
      this.#listener.changed({ state: 'failed', startedAtMs: null });
      return false;
    } finally {
      this.#isAsking = false;
    }
  }

  /** Ends the note and keeps it. */
  stop(): void {
    this.#end(false);
  }

  /** Ends the note and forgets it. */
  cancel(): void {
    this.#end(true);
  }

  #record(stream: MediaStream, longestSeconds: number): void {
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    const options = { audioBitsPerSecond: BITS_PER_SECOND, ...(mimeType ? { mimeType } : {}) };
    const recorder = new MediaRecorder(stream, options);
    const chunks: Blob[] = [];
    recorder.ondataavailable = ({ data }) => {
      if (data.size > 0) chunks.push(data);
    };
    const limit = setTimeout(() => this.stop(), longestSeconds * 1000);
    const running: Running = { recorder, stream, startedAtMs: Date.now(), limit, isCancelled: false };
    recorder.onstop = () => void this.#finish(running, new Blob(chunks, { type: recorder.mimeType }));
    recorder.onerror = () => this.stop();
    recorder.start(1_000);
    this.#running = running;
    this.#listener.changed({ state: 'recording', startedAtMs: running.startedAtMs });
  }

  #end(isCancelled: boolean): void {
    const running = this.#running;
    if (!running) return;
    this.#running = null;
    running.isCancelled = isCancelled;
    clearTimeout(running.limit);
    this.#listener.changed({ state: isCancelled ? 'none' : 'working', startedAtMs: null });
    if (running.recorder.state !== 'inactive') running.recorder.stop();
    for (const track of running.stream.getTracks()) track.stop();
  }

  async #finish(running: Running, note: Blob): Promise<void> {
    // The microphone may end by itself: pulled out, or taken by a call.
    if (this.#running === running) this.#end(false);
    if (running.isCancelled) return;
    try {
      if (note.size === 0) throw new Error('the recorder gave nothing');
      this.#listener.recorded(await toDataUrl(note), running.startedAtMs);
      this.#listener.changed({ state: 'kept', startedAtMs: null });
    } catch {
      this.#listener.changed({ state: 'failed', startedAtMs: null });
    }
  }
}

/** `data:` URL of a file, without the codec in its type: the hub judges by content. */
function toDataUrl(note: Blob): Promise<string> {
  const plain = new Blob([note], { type: note.type.split(';')[0] ?? '' });
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('the note could not be read'));
    reader.readAsDataURL(plain);
  });
}
