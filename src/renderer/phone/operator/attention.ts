/** Two short, one long: felt in a pocket, and not the pattern of a phone call. */
const VIBRATION_MS = [120, 80, 120, 80, 300];
/** Two notes a fourth apart, well within what a phone's speaker is loud at. */
const NOTES_HZ = [880, 1175] as const;
const NOTE_S = 0.16;
const LOUDNESS = 0.4;

/** Makes itself heard and felt, where the browser allows it: both need a tap before. */
export class Attention {
  #audio: AudioContext | null = null;

  /** Inside a tap: from then on a sound may be made. */
  allow(): void {
    if (!('AudioContext' in globalThis)) return;
    if (!this.#audio) {
      this.#audio = new AudioContext();
      // A call or another app's sound interrupts it on iOS, and nothing but this ends that.
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') void this.#resume();
      });
    }
    void this.#resume();
  }

  call(): void {
    // Missing on iOS.
    if ('vibrate' in navigator) navigator.vibrate(VIBRATION_MS);
    const audio = this.#audio;
    if (!audio) return;
    void this.#resume().then(() => {
      if (audio.state !== 'running') return;
      NOTES_HZ.forEach((hertz, index) => {
        playNote(audio, hertz, audio.currentTime + index * NOTE_S);
      });
    });
  }

  async #resume(): Promise<void> {
    try {
      if (this.#audio?.state !== 'running') await this.#audio?.resume();
    } catch {
      // Not let is not heard: the notice is on the screen all the same.
    }
  }
}

function playNote(audio: AudioContext, hertz: number, atS: number): void {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = hertz;
  // Faded in and out: cut off hard it clicks.
  volume.gain.setValueAtTime(0, atS);
  volume.gain.linearRampToValueAtTime(LOUDNESS, atS + 0.01);
  volume.gain.linearRampToValueAtTime(0, atS + NOTE_S);
  tone.connect(volume).connect(audio.destination);
  tone.start(atS);
  tone.stop(atS + NOTE_S);
}
