import { useComputedColorScheme } from '@mantine/core';
import L from 'leaflet';
import { useEffect, useState } from 'react';
import { useMap } from 'react-leaflet';
import outlineUrl from '../../../../../resources/world/countries-50m.json?url';
import { MAP_COLOURS } from './map-colours';
import type { WorldShapes } from './world-shapes';

const PANE = 'perch-world';
/** The outline is good to about a kilometre: it fades out over these zooms, before it could mislead. */
const FADE_FROM_ZOOM = 9;
const FADE_TO_ZOOM = 12;

/** Land and borders of the world, always there. */
export function WorldOutline() {
  const map = useMap();
  const scheme = useComputedColorScheme('light');
  const [shapes, setShapes] = useState<WorldShapes | null>(null);

  useEffect(() => {
    let isGone = false;
    loadShapes().then(
      (loaded) => {
        if (!isGone) setShapes(loaded);
      },
      (error: unknown) => console.warn('The world outline could not be loaded.', error),
    );
    return () => {
      isGone = true;
    };
  }, []);

  useEffect(() => {
    const pane = map.getPane(PANE) ?? map.createPane(PANE);
    pane.style.zIndex = '200';
    pane.style.pointerEvents = 'none';
    const fade = (): void => {
      const near = (map.getZoom() - FADE_FROM_ZOOM) / (FADE_TO_ZOOM - FADE_FROM_ZOOM);
      const street = Math.min(1, Math.max(0, near));
      pane.style.opacity = String(1 - street);
      map.getContainer().style.setProperty('--perch-street', `${100 * street}%`);
    };
    fade();
    map.on('zoomend', fade);
    return () => {
      map.off('zoomend', fade);
    };
  }, [map]);

  useEffect(() => {
    if (!shapes) return;
    const { land, coast, border } = MAP_COLOURS[scheme];
    const fixed = { pane: PANE, interactive: false };
    const group = L.layerGroup([
      L.geoJSON(shapes.land, { ...fixed, style: { color: coast, weight: 1, fillColor: land, fillOpacity: 1 } }),
      L.geoJSON(shapes.borders, { ...fixed, style: { color: border, weight: 1, fill: false } }),
    ]).addTo(map);
    return () => {
      group.remove();
    };
  }, [map, shapes, scheme]);
  return null;
}

async function loadShapes(): Promise<WorldShapes> {
  const [response, { toWorldShapes }] = await Promise.all([fetch(outlineUrl), import('./world-shapes')]);
  if (!response.ok) throw new Error(`The outline answered ${response.status}.`);
  return toWorldShapes(await response.json());
}
