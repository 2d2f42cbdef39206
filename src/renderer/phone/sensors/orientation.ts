import type { Orientation } from '../../../common/model/readings';
import type { Stop } from './sensor-state';

/** What of an orientation event is read; `webkitCompassHeading` is Safari's, degrees clockwise from north. */
export type OrientationReport = Pick<DeviceOrientationEvent, 'alpha' | 'beta' | 'gamma' | 'absolute'> & {
  readonly webkitCompassHeading?: number | null;
};

/** null when the event carries nothing: a laptop sends one of these. */
export function toOrientation(report: OrientationReport): Orientation | null {
  const { alpha, beta, gamma, absolute, webkitCompassHeading: compass } = report;
  if (typeof compass === 'number' && compass >= 0) {
    // alpha counts counter-clockwise from north (W3C Device Orientation section 4.1), the compass clockwise.
    return { alpha: (360 - compass) % 360, beta, gamma, absolute: true };
  }
  return alpha === null && beta === null && gamma === null ? null : { alpha, beta, gamma, absolute };
}

/**
 * Reports every orientation. Android tells two kinds; as soon as one that knows north has come, the other, which
 * counts from wherever the phone started, is ignored.
 */
export function watchOrientation(report: (orientation: Orientation) => void): Stop {
  let knowsNorth = false;
  const take = (event: DeviceOrientationEvent): void => {
    const isFromNorth = event.type === 'deviceorientationabsolute';
    if (knowsNorth && !isFromNorth) return;
    const orientation = toOrientation(event);
    if (!orientation) return;
    knowsNorth ||= isFromNorth && orientation.alpha !== null;
    report(orientation);
  };
  globalThis.addEventListener('deviceorientationabsolute', take);
  globalThis.addEventListener('deviceorientation', take);
  return () => {
    globalThis.removeEventListener('deviceorientationabsolute', take);
    globalThis.removeEventListener('deviceorientation', take);
  };
}
