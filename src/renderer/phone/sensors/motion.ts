import type { Motion } from '../../../common/model/readings';
import type { Stop } from './sensor-state';

type MotionReport = Pick<DeviceMotionEvent, 'accelerationIncludingGravity' | 'rotationRate'>;

/** null when the event carries nothing: a laptop sends one of these. */
export function toMotion({ accelerationIncludingGravity: acceleration, rotationRate }: MotionReport): Motion | null {
  const motion: Motion = {
    accelerationX: acceleration?.x ?? null,
    accelerationY: acceleration?.y ?? null,
    accelerationZ: acceleration?.z ?? null,
    rotationAlpha: rotationRate?.alpha ?? null,
    rotationBeta: rotationRate?.beta ?? null,
    rotationGamma: rotationRate?.gamma ?? null,
  };
  return Object.values(motion).every((value) => value === null) ? null : motion;
}

/** Reports every motion event that carries something. */
export function watchMotion(report: (motion: Motion) => void): Stop {
  const take = (event: DeviceMotionEvent): void => {
    const motion = toMotion(event);
    if (motion) report(motion);
  };
  globalThis.addEventListener('devicemotion', take);
  return () => globalThis.removeEventListener('devicemotion', take);
}
