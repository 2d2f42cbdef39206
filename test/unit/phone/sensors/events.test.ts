import { afterEach, describe, expect, it, vi } from 'vitest';
import { toMotion } from '../../../../src/renderer/phone/sensors/motion';
import { type OrientationReport, toOrientation } from '../../../../src/renderer/phone/sensors/orientation';
import { askMotionPermission } from '../../../../src/renderer/phone/sensors/permission';

const none: OrientationReport = { alpha: null, beta: null, gamma: null, absolute: false };

it.each([
  ['a laptop', none, null],
  ['Android', { alpha: 14, beta: 2, gamma: 3, absolute: true }, { alpha: 14, beta: 2, gamma: 3, absolute: true }],
  [
    'an iPhone facing east',
    { alpha: 77, beta: 2, gamma: 3, absolute: false, webkitCompassHeading: 90 },
    { alpha: 270, beta: 2, gamma: 3, absolute: true },
  ],
  [
    'an iPhone facing north',
    { alpha: 77, beta: 2, gamma: 3, absolute: false, webkitCompassHeading: 0 },
    { alpha: 0, beta: 2, gamma: 3, absolute: true },
  ],
  [
    'an iPhone whose compass is not calibrated',
    { alpha: 77, beta: 2, gamma: 3, absolute: false, webkitCompassHeading: -1 },
    { alpha: 77, beta: 2, gamma: 3, absolute: false },
  ],
])('reads the orientation of %s', (_phone, report, orientation) => {
  expect(toOrientation(report)).toEqual(orientation);
});

it('reads motion under the names of the wire, null where the phone has none', () => {
  expect(toMotion({ accelerationIncludingGravity: { x: 0.1, y: 0, z: 9.7 }, rotationRate: null })).toEqual({
    accelerationX: 0.1,
    accelerationY: 0,
    accelerationZ: 9.7,
    rotationAlpha: null,
    rotationBeta: null,
    rotationGamma: null,
  });
  expect(toMotion({ accelerationIncludingGravity: { x: null, y: null, z: null }, rotationRate: null })).toBeNull();
});

describe('asking for motion', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('needs no answer where there is no question', async () => {
    expect(await askMotionPermission()).toEqual({ motion: true, orientation: true });
  });

  it('asks both before anything is awaited, as iOS wants it inside the tap', async () => {
    const asked: string[] = [];
    const stub = (name: string, answer: string) =>
      vi.stubGlobal(
        name,
        Object.assign(() => undefined, {
          requestPermission: () => {
            asked.push(name);
            return Promise.resolve(answer);
          },
        }),
      );
    stub('DeviceMotionEvent', 'granted');
    stub('DeviceOrientationEvent', 'denied');
    const answers = askMotionPermission();
    expect(asked).toEqual(['DeviceMotionEvent', 'DeviceOrientationEvent']);
    expect(await answers).toEqual({ motion: true, orientation: false });
  });

  it('takes an error for a no', async () => {
    const requestPermission = () => Promise.reject(new Error('not in a tap'));
    vi.stubGlobal(
      'DeviceMotionEvent',
      Object.assign(() => undefined, { requestPermission }),
    );
    expect(await askMotionPermission()).toEqual({ motion: false, orientation: true });
  });
});
