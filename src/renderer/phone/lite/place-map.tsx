import L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mesh } from 'topojson-client';
import outlineUrl from '../../../../resources/world/countries-50m.json?url';
import type { Place } from '../capture/readings';
import { formatDegrees } from '../views/format';
import { accuracyAtZoom } from './parse-place';

interface PlaceMapProps {
  readonly first: Place | null;
  /** The cross stands here now. */
  readonly moved: (place: Place) => void;
}

/** Where the map opens without a place: the whole of it. */
const WORLD = { latitude: 25, longitude: 10, zoom: 1 };
const NEAR_ZOOM = 9;
const FARTHEST_IN = 14;

type Topology = Parameters<typeof mesh>[0];
type Lines = ReturnType<typeof mesh>;

async function loadOutline(): Promise<Lines> {
  const response = await fetch(outlineUrl);
  if (!response.ok) throw new Error(`The outline answered ${response.status}.`);
  // Our own bundled file (resources/world): its shape is known, not checked.
  const topology = (await response.json()) as Topology;
  const lines = mesh(topology, topology.objects.countries as Parameters<typeof mesh>[1]);
  return { ...lines, coordinates: lines.coordinates.flatMap(cutAtAntimeridian) };
}

/** A line over the antimeridian would cross the whole flat map: it is cut there. */
function cutAtAntimeridian(line: number[][]): number[][][] {
  const parts: number[][][] = [[]];
  let before: number | undefined;
  for (const point of line) {
    const longitude = point[0] ?? 0;
    if (before !== undefined && Math.abs(longitude - before) > 180) parts.push([]);
    parts.at(-1)?.push(point);
    before = longitude;
  }
  return parts;
}

/** The world from the laptop and a cross in its middle; nothing comes from outside. */
export function PlaceMap({ first, moved }: PlaceMapProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [where, setWhere] = useState<Place | null>(first);
  const [hasFailed, setHasFailed] = useState(false);
  const [opening] = useState(first);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const map = L.map(element, {
      attributionControl: false,
      zoomControl: false,
      preferCanvas: true,
      maxZoom: FARTHEST_IN,
      minZoom: 1,
      worldCopyJump: true,
    }).setView(
      [opening?.latitude ?? WORLD.latitude, opening?.longitude ?? WORLD.longitude],
      opening ? NEAR_ZOOM : WORLD.zoom,
    );
    L.control.zoom({ zoomInTitle: t('lite.zoomIn'), zoomOutTitle: t('lite.zoomOut') }).addTo(map);
    map.on('moveend', () => {
      const { lat, lng } = map.getCenter().wrap();
      const place = { latitude: lat, longitude: lng, accuracy: accuracyAtZoom(lat, map.getZoom()) };
      setWhere(place);
      moved(place);
    });
    let isGone = false;
    // A canvas knows no CSS variables.
    const coast = getComputedStyle(element).getPropertyValue('--coast');
    loadOutline().then(
      (outline) => {
        if (isGone) return;
        L.geoJSON(outline, {
          interactive: false,
          style: { color: coast, weight: 1 },
        }).addTo(map);
      },
      () => !isGone && setHasFailed(true),
    );
    return () => {
      isGone = true;
      map.remove();
    };
  }, [opening, moved, t]);
  return (
    <>
      <div className="place-map">
        <section ref={box} className="place-map-box" aria-label={t('lite.map')} />
        <span className="place-cross" aria-hidden="true" />
      </div>
      {hasFailed && (
        <p className="notice notice-bad" role="alert">
          {t('lite.mapFailed')}
        </p>
      )}
      {where && (
        <p className="quiet" data-testid="map-place">
          <bdi dir="ltr">
            {formatDegrees(where.latitude)}, {formatDegrees(where.longitude)}
          </bdi>
        </p>
      )}
    </>
  );
}
