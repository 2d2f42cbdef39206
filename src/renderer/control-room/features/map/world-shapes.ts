import type { MultiLineString, MultiPolygon, Position } from 'geojson';
import { merge, mesh } from 'topojson-client';
import type { GeometryCollection, Polygon, Topology, MultiPolygon as TopoMultiPolygon } from 'topojson-specification';
import { unwrapRing } from './unwrap-ring';

export interface WorldShapes {
  readonly land: MultiPolygon;
  /** Lines between countries; coasts are in `land`. */
  readonly borders: MultiLineString;
}

type WorldTopology = Topology<{ countries: GeometryCollection; land: GeometryCollection<object> }>;

/** Our own bundled file (resources/world): its shape is known, not checked. */
export function toWorldShapes(file: unknown): WorldShapes {
  const topology = file as WorldTopology;
  const countries = topology.objects.countries.geometries.filter(
    (geometry): geometry is Polygon | TopoMultiPolygon =>
      geometry.type === 'Polygon' || geometry.type === 'MultiPolygon',
  );
  const land = merge(topology, countries);
  return {
    land: { type: 'MultiPolygon', coordinates: land.coordinates.flatMap(onFlatMap) },
    borders: mesh(topology, topology.objects.countries, (a, b) => a !== b),
  };
}

/** A polygon that crosses the antimeridian is drawn at both edges of the map. */
function onFlatMap(polygon: Position[][]): Position[][][] {
  const unwrapped = polygon.map(unwrapRing);
  const longitudes = (unwrapped[0] ?? []).map(([longitude = 0]) => longitude);
  const shift = Math.max(...longitudes) > 180 ? -360 : Math.min(...longitudes) < -180 ? 360 : 0;
  if (shift === 0) return [unwrapped];
  const copy = unwrapped.map((ring) => ring.map(([longitude = 0, latitude = 0]) => [longitude + shift, latitude]));
  return [unwrapped, copy];
}
