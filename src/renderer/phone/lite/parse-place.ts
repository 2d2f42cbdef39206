import type { Place } from '../capture/readings';
import { toPlainDigits } from '../i18n/plain-digits';

/** What somebody reads off a paper map or is told by radio is seldom better, m. */
const TYPED_ACCURACY_M = 50;

/** A number as people write it: decimal comma, the true minus sign, the digits of their keyboard. null when it is none. */
function toDegrees(text: string, limit: number): number | null {
  const plain = toPlainDigits(text)
    .trim()
    .replace(/[,\u066b]/, '.')
    .replace('\u2212', '-')
    .replace(/°$/, '');
  if (!/^[+-]?\d{1,3}(\.\d*)?$/.test(plain)) return null;
  const degrees = Number(plain);
  return Math.abs(degrees) <= limit ? degrees : null;
}

/** null when either is not a coordinate in decimal degrees. */
export function toPlace(latitudeText: string, longitudeText: string): Place | null {
  const latitude = toDegrees(latitudeText, 90);
  const longitude = toDegrees(longitudeText, 180);
  if (latitude === null || longitude === null) return null;
  return { latitude, longitude, accuracy: TYPED_ACCURACY_M };
}

const EQUATOR_M = 40_075_017;
/** How exactly a thumb sets the cross, px. */
const THUMB_PX = 24;
/** The outline itself is no better, m. */
const OUTLINE_M = 1_000;

/** How well a place set on the map is known, m (Web Mercator: a tile of 256 px at zoom 0 is once round the earth). */
export function accuracyAtZoom(latitude: number, zoom: number): number {
  const metresPerPixel = (EQUATOR_M * Math.cos((latitude * Math.PI) / 180)) / (256 * 2 ** zoom);
  return Math.round(Math.max(OUTLINE_M, metresPerPixel * THUMB_PX));
}
