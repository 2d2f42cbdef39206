/** A copy of the log and what belongs to it into a folder, while the hub goes on. */
export interface Backup {
  readonly backupId: string;
  readonly state: 'running' | 'done' | 'failed';
  /** The folder it goes into. */
  readonly path: string;
  readonly startedAtMs: number;
  /** Of the log, copied so far, and to copy in all as it was at the start; the rest comes after it. */
  readonly logBytes: number;
  readonly totalLogBytes: number;
  /** Of all that is in it, once it is done; null before. */
  readonly sizeBytes: number | null;
  /** Media files in it, once it is done; null before. */
  readonly mediaFiles: number | null;
  /** Why it failed, in one sentence; null otherwise. */
  readonly message: string | null;
}
