import type { ShareKind, ShareSource } from './share';

/** A share kept as a file of its session. */
export interface Recording {
  readonly recordingId: string;
  readonly sessionId: string;
  /** Whose share; null when it was of nobody known. */
  readonly deviceId: string | null;
  /** As it was called when it was recorded. */
  readonly name: string;
  readonly source: ShareSource;
  readonly kind: ShareKind | null;
  /** Hub clock: the first picture is of this moment, give or take a round trip to the control room. */
  readonly startedAtMs: number;
  /** Null while it is recorded. */
  readonly endedAtMs: number | null;
  readonly bytes: number;
  /** What a player shows; null until it is `ready`. */
  readonly durationMs: number | null;
  /**
   * `finishing`: it has ended, and gets its duration and its index for seeking. `failed`: nothing that plays came; the
   * file is kept as it is.
   */
  readonly state: 'recording' | 'finishing' | 'ready' | 'failed';
  /** Why it ended: by the operator, because the disk ran low, or because the control room or the hub went away. */
  readonly ending: 'stopped' | 'disk' | 'lost' | null;
}
