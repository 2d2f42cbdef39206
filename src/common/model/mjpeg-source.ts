/**
 * How a source is doing. `stalled`: no picture for 5 s after there was one; it stays so until there is. `pin_needed`, `pin_wrong`, `blocked`: the app on the
 * phone asks for a PIN, did not take it, or takes none from this laptop any more: nothing is tried until the operator
 * acts. `unreachable`: it is tried again by itself.
 */
export type MjpegState = 'connecting' | 'live' | 'stalled' | 'pin_needed' | 'pin_wrong' | 'blocked' | 'unreachable';

/** A screen that an app serves as motion JPEG (ScreenStream on Android) and that the hub pulls. */
export interface MjpegSource {
  readonly sourceId: string;
  /** Whose phone; null: an address that the operator typed. */
  readonly deviceId: string | null;
  /** `host:port`, with the path when one was typed. */
  readonly address: string;
  readonly state: MjpegState;
  /** Why it is `unreachable`, or `stalled` with no connection, one sentence; null otherwise. */
  readonly reason: string | null;
  /** Of the newest picture, px; null before the first. */
  readonly width: number | null;
  readonly height: number | null;
  /** Pictures and bytes a second, over the last 5 s. */
  readonly fps: number;
  readonly bytesPerS: number;
  /** Hub clock; null before the first picture. */
  readonly lastFrameAtMs: number | null;
}
