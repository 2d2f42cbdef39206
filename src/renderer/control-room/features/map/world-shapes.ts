import { merge, mesh } from 'topojson-client';
import { unwrapRing } from './unwrap-ring';

type Topology = Parameters<typeof merge>[0];
type Countries = NonNullable<Parameters<typeof mesh>[1]> & { readonly geometries: Parameters<typeof merge>[1] };

export interface WorldShapes {
  readonly land: ReturnType<typeof merge>;
  /** Lines between countries; coasts are in `land`. */
  readonly borders: ReturnType<typeof mesh>;
}

/** Our own bundled file (resources/world): its shape is known, not checked. */
export function toWorldShapes(file: unknown): WorldShapes {
  const topology = file as Topology;
  const countries = topology.objects.countries as Countries;
  const land = merge(topology, countries.geometries);
  return {
    land: { type: 'MultiPolygon', coordinates: land.coordinates.flatMap(onFlatMap) },
    borders: mesh(topology, countries, (a, b) => a !== b),
  };
}

/** A polygon that crosses the antimeridian is drawn at both edges of the map. */
function onFlatMap(polygon: number[][][]): number[][][][] {
  const unwrapped = polygon.map(unwrapRing);
  const longitudes = (unwrapped[0] ?? []).map(([longitude = 0]) => longitude);
  const shift = Math.max(...longitudes) > 180 ? -360 : Math.min(...longitudes) < -180 ? 360 : 0;
  if (shift === 0) return [unwrapped];
  const copy = unwrapped.map((ring) => ring.map(([longitude = 0, latitude = 0]) => [longitude + shift, latitude]));
  return [unwrapped, copy];
}
