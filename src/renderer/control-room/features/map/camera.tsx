import L from 'leaflet';
import { useEffect } from 'react';
import { useMap } from 'react-leaflet';
import type { Position } from '../../../../common/model/position';
import { useLiveStore } from '../../stores/live-store';
import { type MapWish, useViewStore } from '../../stores/view-store';

/** Close enough to see people apart, far enough to see where they are. */
const CLOSEST_FIT_ZOOM = 17;

type ViewPart = { readonly mapWish: MapWish | null; readonly selectedId: string | null };

/** Where the map looks: fits everybody once when the first positions arrive, follows, and carries out wishes. */
export function Camera() {
  const map = useMap();
  useEffect(() => {
    let hasFitted = false;
    const onLive = (): void => {
      if (!hasFitted) hasFitted = fitAll(map, false);
      follow(map);
    };
    const onView = ({ mapWish, selectedId }: ViewPart, before: ViewPart): void => {
      if (selectedId !== null && selectedId !== before.selectedId)
        requestAnimationFrame(() => bringIntoView(map, selectedId));
      if (mapWish) {
        carryOut(map, mapWish);
        useViewStore.getState().wish(null);
      }
      follow(map);
    };
    const letGo = (): void => useViewStore.getState().follow(null);
    onLive();
    const stops = [useLiveStore.subscribe(onLive), useViewStore.subscribe(onView)];
    map.on('dragstart', letGo);
    // The map's own resize listener knows of the window only, not of a panel that opens beside it.
    const resize = new ResizeObserver(() => map.invalidateSize({ pan: false }));
    resize.observe(map.getContainer());
    return () => {
      for (const stop of stops) stop();
      map.off('dragstart', letGo);
      resize.disconnect();
    };
  }, [map]);
  return null;
}

function positionOf(deviceId: string): Position | null {
  return useLiveStore.getState().devices.get(deviceId)?.position?.value ?? null;
}

/** @returns false when nobody has a position yet. */
function fitAll(map: L.Map, isAnimated: boolean): boolean {
  const positions = [...useLiveStore.getState().devices.values()].flatMap(({ position }) => position?.value ?? []);
  if (positions.length === 0) return false;
  const bounds = L.latLngBounds(positions.map(({ latitude, longitude }) => [latitude, longitude]));
  map.fitBounds(bounds, {
    paddingTopLeft: [72, 72],
    paddingBottomRight: [140, 72],
    maxZoom: CLOSEST_FIT_ZOOM,
    animate: isAnimated,
  });
  return true;
}

/** Somebody selected outside the view, or under the panel that just opened, is no use: the least pan that shows them. */
function bringIntoView(map: L.Map, deviceId: string): void {
  const position = positionOf(deviceId);
  if (!position) return;
  map.invalidateSize({ pan: false });
  map.panInside([position.latitude, position.longitude], { paddingTopLeft: [70, 70], paddingBottomRight: [170, 70] });
}

function carryOut(map: L.Map, wish: MapWish): void {
  switch (wish.kind) {
    case 'fit-all':
      fitAll(map, true);
      return;
    case 'centre': {
      const position = positionOf(wish.deviceId);
      if (position) map.setView([position.latitude, position.longitude], Math.max(map.getZoom(), CLOSEST_FIT_ZOOM));
    }
  }
}

function follow(map: L.Map): void {
  const { followedId } = useViewStore.getState();
  const position = followedId === null ? null : positionOf(followedId);
  if (!position) return;
  const target = L.latLng(position.latitude, position.longitude);
  // A pan of less than a pixel is no pan, and would keep the map busy for nothing.
  const offset = map.latLngToContainerPoint(target).distanceTo(map.getSize().divideBy(2));
  if (offset >= 1) map.panTo(target, { animate: true, duration: 0.2, easeLinearity: 1 });
}
