/** Two tones up and down, three times, then a pause: no phone rings like that, and it carries over talk and wind. */
const TONES_HZ = [880, 1175];
const TONE_S = 0.22;
const REPEATS = 3;
const EVERY_MS = 2_400;
const VOLUME = 0.35;

/** The sound of a call for help, until it is stopped. Made, not played: there is no file to be missing. */
export class SosAlarm {
  #context: AudioContext | null = null;
  #timer: number | null = null;

  start(): void {
    if (this.#timer !== null) return;
    this.#context ??= new AudioContext();
    // A browser keeps a page silent that nobody has touched yet: the first touch lets it ring.
    void this.#context.resume().then(() => this.#ring());
    for (const touch of ['pointerdown', 'keydown']) window.addEventListener(touch, this.#wake);
    this.#timer = window.setInterval(() => this.#ring(), EVERY_MS);
  }

  /** At once, in the middle of a tone. */
  stop(): void {
    if (this.#timer === null) return;
    window.clearInterval(this.#timer);
    this.#timer = null;
    for (const touch of ['pointerdown', 'keydown']) window.removeEventListener(touch, this.#wake);
    void this.#context?.close();
    this.#context = null;
  }

  readonly #wake = (): void => void this.#context?.resume();

  #ring(): void {
    const context = this.#context;
    // What is scheduled while silent would all sound together later.
    if (context?.state !== 'running') return;
    for (let tone = 0; tone < REPEATS * TONES_HZ.length; tone += 1) {
      const at = context.currentTime + tone * TONE_S;
      const voice = context.createOscillator();
      const gain = context.createGain();
      voice.type = 'square';
      voice.frequency.value = TONES_HZ[tone % TONES_HZ.length] ?? 880;
      gain.gain.setValueAtTime(0, at);
      gain.gain.linearRampToValueAtTime(VOLUME, at + 0.01);
      gain.gain.setValueAtTime(VOLUME, at + TONE_S - 0.02);
      gain.gain.linearRampToValueAtTime(0, at + TONE_S);
      voice.connect(gain).connect(context.destination);
      voice.start(at);
      voice.stop(at + TONE_S);
    }
  }
}
