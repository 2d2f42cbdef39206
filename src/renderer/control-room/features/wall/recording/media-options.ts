/** In the order of preference: VP8 costs the laptop least, and a wall may have a dozen of them at a time. */
const TYPES = ['video/webm;codecs=vp8,opus', 'video/webm;codecs=vp9,opus', 'video/webm'] as const;

/** Up to this height (px) so many bits a second: text stays readable, and an hour at 720 lines is 0.8 GB. */
const RATES = [
  [360, 600_000],
  [480, 900_000],
  [720, 1_800_000],
  [Infinity, 3_500_000],
] as const;

/** A player seeks to key frames: one every 2 s. Not yet in the DOM's types, nor in every browser. */
interface RecordOptions extends MediaRecorderOptions {
  readonly videoKeyFrameIntervalDuration: number;
}

/** How a share of this height is recorded. @throws Error: this browser makes no WebM. */
export function mediaOptions(height: number): RecordOptions {
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  if (mimeType === undefined) throw new Error('This browser cannot record. Use Chrome, Edge, or the Perch app.');
  return { mimeType, videoBitsPerSecond: videoBitsPerS(height), videoKeyFrameIntervalDuration: 2_000 };
}

/** @param height px */
const videoBitsPerS = (height: number): number => RATES.find(([limit]) => height <= limit)?.[1] ?? RATES[3][1];
