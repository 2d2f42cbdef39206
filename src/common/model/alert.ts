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
  /** Somebody at a control room has seen it: it is quiet from then on, and stays listed until it is cleared. */
  readonly acknowledged: AlertAcknowledgement | null;
}

/** Who has seen an alert, and when. */
export interface AlertAcknowledgement {
  /** Hub clock. */
  readonly atMs: number;
  /** The control room in the window of the laptop's app, or one in a browser. */
  readonly by: 'window' | 'browser';
}

/** What became of an alert. One that was replaced by another sentence counts as cleared then. */
export interface PastAlert extends Alert {
  /** Hub clock; null while it lasts. */
  readonly clearedAtMs: number | null;
}
