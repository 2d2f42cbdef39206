import { SHARING } from '../../../common/wire/sharing';

/** Between two snapshots: two a second at the most, and slower where the socket is. */
const EVERY_MS = 700;
/** More than this unsent: the radio is slower than the pictures. */
const UNSENT_LIMIT_BYTES = 300 * 1024;
/** Longer side, px, and quality; the next is tried when a picture comes out too large. */
const STEPS = [
  { side: 960, quality: 0.6 },
  { side: 720, quality: 0.45 },
  { side: 480, quality: 0.35 },
] as const;

export interface SnapshotOptions {
  /** Plays what is shared. */
  readonly video: HTMLVideoElement;
  /** Base64 of a JPEG. */
  taken(jpeg: string): void;
  unsentBytes(): number;
  /** Whether anybody wants them just now. */
  isWanted(): boolean;
}

/** Pictures of what is shared, for viewers whom no video reaches. */
export class Snapshots {
  readonly #options: SnapshotOptions;
  readonly #canvas = document.createElement('canvas');
  readonly #timer: ReturnType<typeof setInterval>;
  #isBusy = false;

  constructor(options: SnapshotOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.take(), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** One now, besides those in turn: somebody has just begun to want them. */
  async take(): Promise<void> {
    const options = this.#options;
    const { video } = options;
    if (this.#isBusy || !options.isWanted() || video.videoWidth === 0) return;
    if (options.unsentBytes() > UNSENT_LIMIT_BYTES) return;
    this.#isBusy = true;
    try {
      for (const step of STEPS) {
        const blob = await this.#draw(video, step.side, step.quality);
        if (!blob || blob.size > SHARING.snapshotBytes) continue;
        options.taken(await toBase64(blob));
        break;
      }
    } finally {
      this.#isBusy = false;
    }
  }

  #draw(video: HTMLVideoElement, side: number, quality: number): Promise<Blob | null> {
    const scale = Math.min(1, side / Math.max(video.videoWidth, video.videoHeight));
    this.#canvas.width = Math.round(video.videoWidth * scale);
    this.#canvas.height = Math.round(video.videoHeight * scale);
    this.#canvas.getContext('2d')?.drawImage(video, 0, 0, this.#canvas.width, this.#canvas.height);
    return new Promise((resolve) => this.#canvas.toBlob(resolve, 'image/jpeg', quality));
  }
}

async function toBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
