/** Device orientation, degrees, W3C Device Orientation: alpha 0 to 360, beta -180 to 180, gamma -90 to 90. */
export interface Orientation {
  readonly alpha: number | null;
  readonly beta: number | null;
  readonly gamma: number | null;
  /** True when alpha counts from north; false or null when from wherever the phone started. */
  readonly absolute: boolean | null;
}

/** Acceleration in m/s² (gravity included, as the phone sends it) and rotation rate in degrees a second. */
export interface Motion {
  readonly accelerationX: number | null;
  readonly accelerationY: number | null;
  readonly accelerationZ: number | null;
  readonly rotationAlpha: number | null;
  readonly rotationBeta: number | null;
  readonly rotationGamma: number | null;
}

/** Weather where the phone is, as its own service reported it. */
export interface Weather {
  /** Degrees Celsius. */
  readonly temperature: number | null;
  /** Relative humidity, percent. */
  readonly humidity: number | null;
  /** Kilometres an hour. */
  readonly windSpeed: number | null;
  /** Degrees the wind comes from, clockwise from north. */
  readonly windDirection: number | null;
  /** Millimetres. */
  readonly precipitation: number | null;
  /** Percent. */
  readonly cloudCover: number | null;
  /** WMO code table 4677. */
  readonly weatherCode: number | null;
}

/** Something the phone's own detector saw. `score` is 0 to 1. */
export interface DetectedObject {
  readonly class: string;
  readonly score: number | null;
}

/** A value together with when it was true: ms since the epoch, UTC, by the live rule (docs/wire-protocol.md, section 4). */
export interface Reading<T> {
  readonly value: T;
  readonly atMs: number;
}
