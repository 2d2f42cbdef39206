/** A phone that waits to be let in. Everything but the id is what it says of itself. */
export interface WaitingDevice {
  readonly deviceId: string;
  readonly name: string;
  readonly platform: string | null;
  readonly userAgent: string | null;
  readonly address: string | null;
  /** Hub clock when it first came, and when it was last heard. */
  readonly firstSeenAtMs: number;
  readonly lastSeenAtMs: number;
  readonly isOnline: boolean;
}

/** Who gets in. */
export interface AccessState {
  /** New devices store nothing before the operator has let them in. Devices that are known stay so. */
  readonly approveFirst: boolean;
  /** Oldest first. */
  readonly waiting: readonly WaitingDevice[];
}
