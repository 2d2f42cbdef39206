/** One recording interval. There is always exactly one with `endedAtMs` null: the current one. */
export interface Session {
  readonly sessionId: string;
  /** Given by the operator, 0 to 120 characters; empty for an unnamed session. */
  readonly name: string;
  readonly startedAtMs: number;
  /** null while it is the current session. */
  readonly endedAtMs: number | null;
  /** Frames stored in it. */
  readonly frames: number;
  /** Devices with at least one frame in it. */
  readonly devices: number;
}
