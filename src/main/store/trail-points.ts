import type { TrailPoint } from '../../common/model/live-device';

/** Time (ms), latitude and longitude (degrees), one double each, in the order of bytes of every machine Perch runs on. */
const DOUBLES = 3;

/** Points as a cell of `trails`. */
export function packPoints(points: readonly TrailPoint[]): Buffer {
  const doubles = new Float64Array(points.length * DOUBLES);
  points.forEach(({ atMs, latitude, longitude }, index) => {
    doubles.set([atMs, latitude, longitude], index * DOUBLES);
  });
  return Buffer.from(doubles.buffer);
}

/** The points of a cell, in their order. */
export function unpackPoints(cell: Buffer): TrailPoint[] {
  const points: TrailPoint[] = [];
  for (let at = 0; at + 8 * DOUBLES <= cell.length; at += 8 * DOUBLES) {
    points.push({
      atMs: cell.readDoubleLE(at),
      latitude: cell.readDoubleLE(at + 8),
      longitude: cell.readDoubleLE(at + 16),
    });
  }
  return points;
}
