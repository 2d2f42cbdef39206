/** What a device covered in a session. */
export interface TrackTotals {
  /** Metres along the ground. */
  readonly distanceM: number;
  /** Seconds in which it moved. */
  readonly movingS: number;
  /** Metres gone up; what was gone down is not taken off. 0 when the phone gives no altitude. */
  readonly climbM: number;
}

/** The same way twice: from every position, and from those that no quality flag speaks against. */
export interface Track {
  readonly raw: TrackTotals;
  readonly clean: TrackTotals;
}
