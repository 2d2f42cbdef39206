import { useComputedColorScheme } from '@mantine/core';
import L from 'leaflet';
import { useEffect } from 'react';
import { useMap } from 'react-leaflet';
import { useLiveStore } from '../../stores/live-store';
import { trails } from '../../stores/trails';
import { useViewStore } from '../../stores/view-store';
import { personColour } from '../../theme/person-colour';
import { loadTracks } from './load-tracks';

/** A line of 2,000 points is projected anew with each change: twice a second is smooth enough for one that grows. */
const DRAW_EVERY_MS = 500;
/** With more people than this only the selected one's trail is drawn: a tangle tells nothing. */
const EVERYBODY_UP_TO = 60;

/** Where everybody has been in this session. */
export function TrailLines() {
  const map = useMap();
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const lines = new Map<string, L.Polyline>();
    const draw = (): void => {
      const wanted = wantedTrails();
      loadTracks(wanted);
      drawTrails(map, lines, wanted, scheme);
    };
    draw();
    const timer = setInterval(draw, DRAW_EVERY_MS);
    const stop = useViewStore.subscribe((state, before) => {
      if (state.showTrails !== before.showTrails || state.selectedId !== before.selectedId) draw();
    });
    return () => {
      clearInterval(timer);
      stop();
      for (const line of lines.values()) line.remove();
    };
  }, [map, scheme]);
  return null;
}

/** Ids of those whose trail is drawn. */
function wantedTrails(): ReadonlySet<string> {
  const { devices } = useLiveStore.getState();
  const { showTrails, selectedId } = useViewStore.getState();
  if (!showTrails) return new Set();
  if (devices.size <= EVERYBODY_UP_TO) return new Set(devices.keys());
  return new Set(selectedId !== null && devices.has(selectedId) ? [selectedId] : []);
}

function drawTrails(
  map: L.Map,
  lines: Map<string, L.Polyline>,
  wanted: ReadonlySet<string>,
  scheme: 'light' | 'dark',
): void {
  const { devices } = useLiveStore.getState();
  const { selectedId } = useViewStore.getState();
  const changed = trails.takeChanged();
  for (const [deviceId, line] of lines) {
    if (wanted.has(deviceId)) continue;
    line.remove();
    lines.delete(deviceId);
  }
  for (const deviceId of wanted) {
    const known = lines.get(deviceId);
    const line =
      known ??
      L.polyline([], {
        interactive: false,
        smoothFactor: 1,
        color: personColour(devices.get(deviceId)?.colour ?? 0)[scheme],
      }).addTo(map);
    if (!known) lines.set(deviceId, line);
    if (!known || changed.has(deviceId)) {
      line.setLatLngs(trails.points(deviceId).map(({ latitude, longitude }): L.LatLngTuple => [latitude, longitude]));
    }
    const style = deviceId === selectedId ? { weight: 3.5, opacity: 0.95 } : { weight: 2, opacity: 0.5 };
    if (line.options.weight !== style.weight) line.setStyle(style);
  }
}
