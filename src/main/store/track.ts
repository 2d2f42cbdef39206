import type { TrailPoint } from '../../common/model/live-device';
import type { ReadStatements } from './statements/read-statements';

/**
 * Positions of a device in a session, oldest first, at most `limit`. More than that are thinned by time: the span is cut
 * into equal parts and the first of each part is taken, by one seek in the index each, so a long session costs no more
 * than a short one. The newest is always there.
 */
export function readTrack(reads: ReadStatements, session: number, device: number, limit: number): TrailPoint[] {
  const newest = reads.newestPositions.all(session, device, limit + 1);
  const last = newest[0];
  if (last === undefined) return [];
  if (newest.length <= limit) return newest.reverse();
  const first = reads.positionFrom.get(session, device, -Infinity);
  if (first === undefined || first.atMs === last.atMs || limit < 2) return newest.slice(0, limit).reverse();

  const partMs = (last.atMs - first.atMs) / (limit - 1);
  const points: TrailPoint[] = [];
  for (let point: TrailPoint | undefined = first; point && point.atMs < last.atMs; ) {
    points.push(point);
    const nextPart = Math.floor((point.atMs - first.atMs) / partMs) + 1;
    point = reads.positionFrom.get(session, device, Math.max(point.atMs + 1, first.atMs + nextPart * partMs));
  }
  points.push(last);
  return points;
}
