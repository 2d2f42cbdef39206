/** WGS 84 mean radius, (2a + b) / 3 with a = 6,378,137 m and b = 6,356,752.314 m: metres. */
const MEAN_RADIUS_M = 6_371_008.771;

const RADIANS = Math.PI / 180;

interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/**
 * Great-circle distance in metres by the haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope
 * 68, 1984), which keeps its digits at the few metres between two fixes. The sphere is off the ellipsoid by 0.6 % at most.
 */
export function distanceM(a: Place, b: Place): number {
  const sinLatitude = Math.sin(((b.latitude - a.latitude) * RADIANS) / 2);
  const sinLongitude = Math.sin(((b.longitude - a.longitude) * RADIANS) / 2);
  const h =
    sinLatitude * sinLatitude +
    Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * sinLongitude * sinLongitude;
  // Rounding may take h over 1 for antipodes.
  return 2 * MEAN_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}
