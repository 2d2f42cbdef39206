import type { ShareKind, ShareSource } from './share';

/** A share kept as a file of its session. */
export interface Recording {
  readonly recordingId: string;
  readonly sessionId: string;
  /** What control rooms called the share, so that each sees that it is recorded; null: nobody noted it. */
  readonly shareId: string | null;
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
   * `finishing`: it has ended, plays from its beginning on, and gets its duration and its index for seeking as soon as the disk
   * has room for that. `failed`: nothing that plays came; the file is kept as it is.
   */
  readonly state: 'recording' | 'finishing' | 'ready' | 'failed';
  /**
   * Why it ended: by the operator, because the disk ran low, because the control room or the hub went away, or because
   * its session ended: then the share may be recorded anew in the next one.
   */
  readonly ending: 'stopped' | 'disk' | 'lost' | 'session' | null;
}
