import { useComputedColorScheme } from '@mantine/core';
import L from 'leaflet';
import { useEffect } from 'react';
import { useMap } from 'react-leaflet';
import { useLiveStore } from '../../stores/live-store';
import { useViewStore } from '../../stores/view-store';
import { personColour } from '../../theme/person-colour';
import { onStoreChange } from './on-store-change';

/** From here on a usual accuracy (5 to 20 m) is wider than its marker, so everybody's is shown. */
const EVERYBODY_FROM_ZOOM = 17;
/** More circles than this are a fog. */
const EVERYBODY_UP_TO = 60;

/** How sure each position is: a circle of that many metres, for whom one looks at, and close up for all. */
export function AccuracyCircles() {
  const map = useMap();
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const circles = new Map<string, L.Circle>();
    const draw = (): void => drawCircles(map, circles, scheme);
    const stop = onStoreChange(draw);
    map.on('zoomend', draw);
    return () => {
      stop();
      map.off('zoomend', draw);
      for (const circle of circles.values()) circle.remove();
    };
  }, [map, scheme]);
  return null;
}

function drawCircles(map: L.Map, circles: Map<string, L.Circle>, scheme: 'light' | 'dark'): void {
  const { devices } = useLiveStore.getState();
  const { selectedId, hoveredId } = useViewStore.getState();
  const isForAll = map.getZoom() >= EVERYBODY_FROM_ZOOM && devices.size <= EVERYBODY_UP_TO;
  for (const [deviceId, device] of devices) {
    const isShown = isForAll || deviceId === selectedId || deviceId === hoveredId;
    const position = device.position?.value;
    const accuracy = position?.accuracy ?? null;
    if (!isShown || !position || accuracy === null) continue;
    const known = circles.get(deviceId);
    const colour = personColour(device.colour)[scheme];
    const circle =
      known ??
      L.circle([0, 0], { radius: 1, interactive: false, weight: 1, color: colour, fillColor: colour }).addTo(map);
    if (!known) circles.set(deviceId, circle);
    circle.setLatLng([position.latitude, position.longitude]).setRadius(accuracy);
    const isLookedAt = deviceId === selectedId || deviceId === hoveredId;
    circle.setStyle({ fillOpacity: isLookedAt ? 0.14 : 0.06, opacity: isLookedAt ? 0.7 : 0.3 });
  }
  for (const [deviceId, circle] of circles) {
    const isShown = isForAll || deviceId === selectedId || deviceId === hoveredId;
    if (isShown && (devices.get(deviceId)?.position?.value.accuracy ?? null) !== null) continue;
    circle.remove();
    circles.delete(deviceId);
  }
}
