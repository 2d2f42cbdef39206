/**
 * Where a device is, in W3C Geolocation names and units (https://www.w3.org/TR/geolocation/#coordinates_interface).
 * null means the phone did not provide the value.
 */
export interface Position {
  /** Degrees, -90 to 90, WGS 84. */
  readonly latitude: number;
  /** Degrees, -180 to 180, WGS 84. */
  readonly longitude: number;
  /** Metres above the WGS 84 ellipsoid. */
  readonly altitude: number | null;
  /** Radius of the 95 % confidence circle, metres, >= 0. */
  readonly accuracy: number | null;
  /** 95 % confidence of the altitude, metres, >= 0. */
  readonly altitudeAccuracy: number | null;
  /** Degrees clockwise from true north, 0 to 360. null when standing still. */
  readonly heading: number | null;
  /** Metres a second, >= 0. */
  readonly speed: number | null;
}
