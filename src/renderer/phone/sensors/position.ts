import type { Position } from '../../../common/model/position';
import type { SensorState, Stop } from './sensor-state';

/** One fix: where, and when by the phone's positioning, ms since the epoch. */
export interface Fix {
  readonly position: Position;
  readonly fixedAtMs: number;
}

export interface PositionListener {
  fixed(fix: Fix): void;
  changed(state: SensorState): void;
}

/** A phone that stands still gets no new fix from watchPosition: after this long, one is asked for. */
const STILL_MS = 5_000;
const FIX_TIMEOUT_MS = 10_000;

const toPosition = (coords: GeolocationCoordinates): Position => ({
  latitude: coords.latitude,
  longitude: coords.longitude,
  altitude: coords.altitude,
  accuracy: coords.accuracy,
  altitudeAccuracy: coords.altitudeAccuracy,
  // NaN while standing still, by the W3C text: JSON has no NaN.
  heading: Number.isFinite(coords.heading) ? coords.heading : null,
  speed: Number.isFinite(coords.speed) ? coords.speed : null,
});

/** A running watch. */
export interface PositionWatch {
  readonly stop: Stop;
  /** Asks for a fresh fix now. */
  readonly ask: () => void;
}

/** Every fix is reported once, as exact as the phone can. */
export function watchPosition(listener: PositionListener, stillMs = STILL_MS): PositionWatch {
  const geolocation: Geolocation | undefined = globalThis.isSecureContext ? navigator.geolocation : undefined;
  if (!geolocation) {
    listener.changed({ kind: 'missing', hint: 'needs-secure-page' });
    return { stop: () => undefined, ask: () => undefined };
  }
  let lastFixedAtMs = 0;
  let heardAtMs = Date.now();
  let askedAtMs = 0;
  let isAsking = false;
  let isStopped = false;
  const take = (fix: GeolocationPosition): void => {
    isAsking = false;
    if (isStopped || fix.timestamp === lastFixedAtMs) return;
    lastFixedAtMs = fix.timestamp;
    heardAtMs = Date.now();
    listener.changed({ kind: 'on' });
    listener.fixed({ position: toPosition(fix.coords), fixedAtMs: fix.timestamp });
  };
  const miss = (error: GeolocationPositionError): void => {
    isAsking = false;
    if (isStopped) return;
    if (error.code === error.PERMISSION_DENIED) listener.changed({ kind: 'refused', hint: 'location-refused' });
    else
      listener.changed({
        kind: 'waiting',
        hint: error.code === error.TIMEOUT ? 'location-searching' : 'location-unavailable',
      });
  };
  listener.changed({ kind: 'waiting', hint: 'location-searching' });
  const watch = geolocation.watchPosition(take, miss, { enableHighAccuracy: true });
  const ask = (): void => {
    if (isAsking) return;
    isAsking = true;
    askedAtMs = Date.now();
    geolocation.getCurrentPosition(take, miss, { enableHighAccuracy: true, maximumAge: 0, timeout: FIX_TIMEOUT_MS });
  };
  const still = setInterval(() => {
    // Some phones answer with the fix they had: not a new one, and no reason to ask faster.
    if (Date.now() - Math.max(heardAtMs, askedAtMs) >= stillMs) ask();
  }, stillMs / 5);
  return {
    ask,
    stop: () => {
      isStopped = true;
      geolocation.clearWatch(watch);
      clearInterval(still);
    },
  };
}
