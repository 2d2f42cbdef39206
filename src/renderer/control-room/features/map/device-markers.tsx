import { useComputedColorScheme } from '@mantine/core';
import type L from 'leaflet';
import { useEffect } from 'react';
import { useMap } from 'react-leaflet';
import { useClockStore } from '../../stores/clock-store';
import { useLiveStore } from '../../stores/live-store';
import { presenceOf } from '../../stores/presence';
import { shareOf, useShareStore } from '../../stores/share-store';
import { useViewStore } from '../../stores/view-store';
import { showShare } from '../wall/show-share';
import { createDeviceMarker, type DeviceMarker, isOnShareBadge } from './device-marker';
import { chooseLabels, type LabelBox } from './label-layout';
import { onStoreChange } from './on-store-change';

/** Labels are laid out anew this often at most: more often they flicker. */
const LABELS_EVERY_MS = 500;

/** From so many people on markers are small and without letters, or they are one heap. */
const DENSE_FROM = 100;

/** A marker for everybody with a position. */
export function DeviceMarkers() {
  const map = useMap();
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const markers = new Map<string, DeviceMarker>();
    let labelsAtMs = 0;
    const layOutLabels = (): void => {
      labelsAtMs = performance.now();
      showLabels(map, markers);
    };
    const stop = onStoreChange(() => {
      drawMarkers(map, markers, scheme);
      if (performance.now() - labelsAtMs >= LABELS_EVERY_MS) layOutLabels();
    });
    map.on('zoomend', layOutLabels);
    return () => {
      stop();
      map.off('zoomend', layOutLabels);
      for (const { marker } of markers.values()) marker.remove();
    };
  }, [map, scheme]);
  return null;
}

function drawMarkers(map: L.Map, markers: Map<string, DeviceMarker>, scheme: 'light' | 'dark'): void {
  const { devices } = useLiveStore.getState();
  const { nowMs } = useClockStore.getState();
  const { selectedId, hoveredId } = useViewStore.getState();
  const { shares } = useShareStore.getState();
  const pane = map.getPane('markerPane');
  if (pane) pane.dataset.dense = String(devices.size > DENSE_FROM);
  for (const [deviceId, marker] of markers) {
    if (devices.get(deviceId)?.position) continue;
    marker.marker.remove();
    markers.delete(deviceId);
  }
  for (const [deviceId, device] of devices) {
    if (!device.position) continue;
    const position = device.position.value;
    const known = markers.get(deviceId);
    const marker = known ?? addMarker(map, createDeviceMarker(deviceId, position), deviceId);
    if (!known) markers.set(deviceId, marker);
    marker.show({
      device,
      position,
      presence: presenceOf(device, nowMs),
      isSelected: deviceId === selectedId,
      isHovered: deviceId === hoveredId,
      isSharing: shareOf(shares, device) !== null,
      scheme,
      ageMs: device.lastReceivedAtMs === null ? null : nowMs - device.lastReceivedAtMs,
    });
  }
}

function addMarker(map: L.Map, marker: DeviceMarker, deviceId: string): DeviceMarker {
  const view = useViewStore.getState;
  marker.marker
    .on('click', ({ originalEvent }) => {
      view().select(deviceId);
      if (isOnShareBadge(originalEvent.target)) watch(deviceId);
    })
    .on('mouseover', () => view().hover(deviceId))
    .on('mouseout', () => view().hover(null))
    .addTo(map);
  return marker;
}

/** The badge of a marker leads to what its person shares. */
function watch(deviceId: string): void {
  const device = useLiveStore.getState().devices.get(deviceId);
  const share = device ? shareOf(useShareStore.getState().shares, device) : null;
  if (share) showShare(share.shareId);
}

function showLabels(map: L.Map, markers: ReadonlyMap<string, DeviceMarker>): void {
  const { selectedId, hoveredId } = useViewStore.getState();
  const boxes = [...markers].map(([deviceId, marker]): LabelBox => {
    const { x, y } = map.latLngToContainerPoint(marker.marker.getLatLng());
    return { id: deviceId, x, y, ...marker.labelSize(), isWanted: deviceId === selectedId || deviceId === hoveredId };
  });
  const shown = chooseLabels(boxes);
  for (const [deviceId, marker] of markers) marker.setLabelShown(shown.has(deviceId));
}
