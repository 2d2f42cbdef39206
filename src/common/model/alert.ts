/** How loud an alert is: `critical` interrupts, `warning` waits to be seen, `info` is only listed. */
export type AlertSeverity = 'info' | 'warning' | 'critical';

/** Trouble the operator can do something about. Raised and cleared by id: raising the same id again replaces it. */
export interface Alert {
  /** Stable for one cause, such as `storage.full` or `claim.DEVICE`. */
  readonly id: string;
  readonly severity: AlertSeverity;
  /** What is wrong, in one plain sentence. */
  readonly sentence: string;
  /** What to do about it, in one plain sentence; null when there is nothing to do. */
  readonly tip: string | null;
  readonly raisedAtMs: number;
}
