/** Headers of one part are a few lines; more is not what we asked for. */
const MAX_HEADER_BYTES = 8 * 1024;
const LINE_END = Buffer.from('\r\n');
const HEADERS_END = '\r\n\r\n';

type Step =
  | { readonly kind: 'boundary' }
  | { readonly kind: 'headers' }
  /** `length`: bytes of the body; null: up to the next boundary. */
  | { readonly kind: 'body'; readonly length: number | null };

/**
 * Takes pictures out of `multipart/x-mixed-replace` (RFC 2046, section 5.1), with or without Content-Length. Keeps one
 * picture at most.
 */
export class MjpegParser {
  readonly #delimiter: string;
  readonly #maxFrameBytes: number;
  readonly #onFrame: (jpeg: Buffer) => void;
  #buffer = Buffer.alloc(64 * 1024);
  /** What has come and is not used yet: from here to there in the buffer. It moves to the front once a chunk, not once a part. */
  #from = 0;
  #to = 0;
  /** So far into it there is no boundary: a long body is searched once. */
  #searched = 0;
  #parts = 0;
  #step: Step = { kind: 'boundary' };

  /** @param boundary as the Content-Type names it; some senders put the two dashes into it. */
  constructor(boundary: string, maxFrameBytes: number, onFrame: (jpeg: Buffer) => void) {
    this.#delimiter = boundary.startsWith('--') ? boundary : `--${boundary}`;
    this.#maxFrameBytes = maxFrameBytes;
    this.#onFrame = onFrame;
  }

  /**
   * @returns how many parts of the stream ended in this chunk, empty ones too
   * @throws Error with a sentence: a picture or its headers are too large, or a length is none.
   */
  push(chunk: Buffer): number {
    const before = this.#parts;
    this.#append(chunk);
    while (this.#next()) {
      // Each turn takes one step in the stream.
    }
    return this.#parts - before;
  }

  #append(chunk: Buffer): void {
    const rest = this.#length;
    const needed = rest + chunk.length;
    const target =
      needed > this.#buffer.length ? Buffer.alloc(Math.max(needed, this.#buffer.length * 2)) : this.#buffer;
    if (this.#from > 0 || target !== this.#buffer) this.#buffer.copy(target, 0, this.#from, this.#to);
    chunk.copy(target, rest);
    this.#buffer = target;
    this.#from = 0;
    this.#to = needed;
  }

  get #length(): number {
    return this.#to - this.#from;
  }

  /** @returns false when more has to come first. */
  #next(): boolean {
    const step = this.#step;
    if (step.kind === 'boundary') return this.#toHeaders();
    if (step.kind === 'headers') return this.#toBody();
    return step.length === null ? this.#takeUpToBoundary() : this.#take(step.length, step.length);
  }

  #toHeaders(): boolean {
    const at = this.#find(this.#delimiter);
    const end = at < 0 ? -1 : this.#view().indexOf(LINE_END, at);
    if (end < 0) {
      if (at >= 0 && this.#length - at > MAX_HEADER_BYTES) throw headersTooLarge();
      // What is before a boundary belongs to nobody; its beginning may be here already.
      const keep = at < 0 ? this.#delimiter.length : this.#length - at;
      if (this.#length - keep > 0) this.#drop(this.#length - keep);
      return false;
    }
    this.#drop(end + LINE_END.length);
    this.#step = { kind: 'headers' };
    return true;
  }

  #toBody(): boolean {
    if (this.#view().subarray(0, LINE_END.length).equals(LINE_END)) {
      this.#drop(LINE_END.length);
      this.#step = { kind: 'body', length: null };
      return true;
    }
    const end = this.#find(HEADERS_END);
    if (end > MAX_HEADER_BYTES || (end < 0 && this.#length > MAX_HEADER_BYTES)) {
      throw headersTooLarge();
    }
    if (end < 0) return false;
    const text = this.#view().toString('latin1', 0, end);
    const given = /^content-length:[ \t]*([^\r\n]*?)[ \t]*$/im.exec(text)?.[1];
    this.#drop(end + HEADERS_END.length);
    this.#step = { kind: 'body', length: given === undefined ? null : this.#checkedLength(given) };
    return true;
  }

  #checkedLength(given: string): number {
    const length = Number(given);
    if (!/^\d+$/.test(given)) throw new Error('The length of a picture is no number.');
    if (length > this.#maxFrameBytes) throw tooLarge(this.#maxFrameBytes);
    return length;
  }

  #takeUpToBoundary(): boolean {
    const at = this.#find(`\r\n${this.#delimiter}`);
    if (at >= 0) return this.#take(at, at + LINE_END.length);
    if (this.#length > this.#maxFrameBytes) throw tooLarge(this.#maxFrameBytes);
    this.#searched = Math.max(0, this.#length - this.#delimiter.length - LINE_END.length);
    return false;
  }

  #take(bytes: number, dropped: number): boolean {
    if (this.#length < dropped) return false;
    if (bytes > this.#maxFrameBytes) throw tooLarge(this.#maxFrameBytes);
    const jpeg = Buffer.from(this.#view().subarray(0, bytes));
    this.#drop(dropped);
    this.#step = { kind: 'boundary' };
    this.#parts += 1;
    if (jpeg.length > 0) this.#onFrame(jpeg);
    return true;
  }

  #find(text: string): number {
    return this.#view().indexOf(text, this.#searched, 'latin1');
  }

  #view(): Buffer {
    return this.#buffer.subarray(this.#from, this.#to);
  }

  #drop(bytes: number): void {
    this.#from += bytes;
    this.#searched = 0;
  }
}

const tooLarge = (maxBytes: number): Error =>
  new Error(`A picture is larger than ${Math.round(maxBytes / 1024 ** 2)} MiB.`);

const headersTooLarge = (): Error => new Error('The headers of a picture are too large.');
