import type { TrailPoint } from '../../common/model/live-device';
import type { ReadStatements } from './statements/read-statements';
import { unpackPoints } from './trail-points';

/** Of several devices that are one person: each thinned by itself, then together. */
export function readTrack(
  reads: ReadStatements,
  session: number,
  devices: readonly number[],
  limit: number,
): TrailPoint[] {
  const tracks = devices.map((device) => trackOf(reads, session, device, limit));
  if (tracks.length === 1) return tracks.flat();
  const points = tracks.flat().sort(byTime);
  if (points.length <= limit) return points;
  // Evenly, from the newest back.
  const step = points.length / limit;
  return Array.from({ length: limit }, (_, place) => points[Math.floor((place + 1) * step) - 1]).flatMap(
    (point) => point ?? [],
  );
}

/**
 * Positions of a device in a session, oldest first, at most `limit`. More than that are thinned by time: the span is cut
 * into equal parts and the first of each part is taken, by one seek in the index each, so a long session costs no more
 * than a short one. The newest is always there.
 */
function trackOf(reads: ReadStatements, session: number, device: number, limit: number): TrailPoint[] {
  const fresh = reads.newPositions.all({ session, device }).sort(byTime);
  const newest = [...fresh];
  for (const cell of reads.newestTrails.iterate(session, device)) {
    if (newest.length > limit) break;
    newest.push(...unpackPoints(cell));
  }
  newest.sort(byTime);
  const last = newest.at(-1);
  if (last === undefined) return [];
  if (newest.length <= limit) return newest;

  const next = nextFrom(reads, session, device, fresh);
  const first = next(-Infinity);
  if (first === undefined || first.atMs === last.atMs || limit < 2) return newest.slice(-limit);
  const partMs = (last.atMs - first.atMs) / (limit - 1);
  const points: TrailPoint[] = [];
  for (let point: TrailPoint | undefined = first; point && point.atMs < last.atMs; ) {
    points.push(point);
    const nextPart = Math.floor((point.atMs - first.atMs) / partMs) + 1;
    point = next(Math.max(point.atMs + 1, first.atMs + nextPart * partMs));
  }
  points.push(last);
  return points;
}

/** A position from a time on: the next one, but where rows of a trail overlap. Times asked for rise. */
function nextFrom(
  reads: ReadStatements,
  session: number,
  device: number,
  fresh: readonly TrailPoint[],
): (atMs: number) => TrailPoint | undefined {
  let place = 0;
  return (atMs) => {
    while ((fresh[place]?.atMs ?? Infinity) < atMs) place += 1;
    const cell = reads.trailFrom.get(session, device, atMs);
    const written = cell && unpackPoints(cell).find((point) => point.atMs >= atMs);
    const unwritten = fresh[place];
    if (written === undefined || unwritten === undefined) return written ?? unwritten;
    return unwritten.atMs < written.atMs ? unwritten : written;
  };
}

const byTime = (a: TrailPoint, b: TrailPoint): number => a.atMs - b.atMs;
