import { describe, expect, test } from 'vitest';
import { FrameQuality } from '../../../../src/main/hub/quality/frame-quality';
import { type Step, T0, toData } from './walk-fixture';

/** The flags of each step, in the order in which they come. */
function flagsOf(steps: readonly Step[], quality = new FrameQuality()): string[] {
  return steps.map((step) => {
    const capturedAtMs = T0 + step.seconds * 1000;
    const judged = { deviceId: 'd1', capturedAtMs, receivedAtMs: T0 + 3_600_000, data: toData(step) };
    return quality.flagsOf(judged).join(' ');
  });
}

const walk = (from: number, to: number, speed = 1.4): Step[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ seconds: from + index, metres: (from + index) * speed }));

const none = (count: number): string[] => Array.from({ length: count }, () => '');

describe('implied_jump', () => {
  test.each([
    ['a walk', walk(0, 20)],
    ['a car at 130 km/h', walk(0, 20, 36)],
    ['a helicopter that tells its speed of 70 m/s', walk(0, 20, 70).map((step) => ({ ...step, speed: 70 }))],
    [
      'a car whose receiver gives one fix for ten seconds, 20 frames a second',
      Array.from({ length: 400 }, (_, index) => ({ seconds: index / 20, metres: index < 200 ? 0 : 300 })),
    ],
    ['two fixes within the sum of their accuracies', [...walk(0, 0), { seconds: 1, metres: 100, accuracy: 50 }]],
    ['a drive while nothing was heard', [...walk(0, 0), { seconds: 600, metres: 20_000 }]],
  ])('none: %s', (_, steps) => {
    expect(flagsOf(steps)).toEqual(none(steps.length));
  });

  test('the outlier alone is flagged, not what comes after it', () => {
    expect(flagsOf([...walk(0, 4), { seconds: 5, metres: 500 }, ...walk(6, 9)])).toEqual([
      ...none(5),
      'implied_jump',
      ...none(4),
    ]);
  });

  test('an outlier that is repeated stays one, however long', () => {
    const stuck = [5, 6, 7, 8, 9].map((seconds) => ({ seconds, metres: 500 }));
    expect(flagsOf([...walk(0, 4), ...stuck])).toEqual([...none(5), ...stuck.map(() => 'implied_jump')]);
  });

  test('three different fixes that agree are believed: the first ones were wrong', () => {
    const there = [5, 6, 7, 8].map((seconds) => ({ seconds, metres: 5_000 + seconds }));
    expect(flagsOf([...walk(0, 4), ...there])).toEqual([...none(5), 'implied_jump', 'implied_jump', '', '']);
  });

  test('a backfill is compared with its neighbours in time, not with the newest', () => {
    // 100 s without a link in a car; live again 3.6 km on, then the queue of the time between.
    const drive = walk(0, 110, 36);
    const steps = [...drive.slice(0, 5), ...drive.slice(100), ...drive.slice(5, 100)];
    expect(flagsOf(steps)).toEqual(steps.map((_, index) => (index >= 16 ? 'out_of_order' : '')));
  });

  test('an outlier in a backfill is flagged', () => {
    const steps = [...walk(0, 5), ...walk(20, 22), ...walk(6, 8), { seconds: 9, metres: 900 }, ...walk(10, 12)];
    const flags = flagsOf(steps);
    expect(flags.filter((flag) => flag.includes('implied_jump'))).toHaveLength(1);
    expect(flags[12]).toBe('out_of_order implied_jump');
  });

  test('live and backfill in turns: no jump', () => {
    const drive = walk(0, 60, 36);
    const steps = drive.slice(0, 30).flatMap((old, index) => [drive[index + 30] ?? old, old]);
    expect(flagsOf(steps).filter((flag) => flag.includes('implied_jump'))).toEqual([]);
  });
});

test.each([
  [50, ''],
  [51, 'poor_accuracy'],
  [null, ''],
  [-1, ''],
])('poor_accuracy: %s m is "%s"', (accuracy, flag) => {
  expect(flagsOf([{ seconds: 0, metres: 0, accuracy }])).toEqual([flag]);
});

const MOTION = (z: number) => ({ accelerationX: 0, accelerationY: 0, accelerationZ: z, rotationAlpha: 0.2 });

describe('static_drift', () => {
  const wander = [0, 2, 1, 3, 2].map((metres, seconds) => ({ metres, seconds }));

  test.each([
    ['speed 0', wander.map((step) => ({ ...step, speed: 0 })), ['', ...wander.slice(1).map(() => 'static_drift')]],
    [
      'no speed, and the motion sensor still for two seconds',
      wander.map((step) => ({ ...step, motion: MOTION(9.7) })),
      ['', '', '', 'static_drift', 'static_drift'],
    ],
    ['no speed and no motion: not known', wander, none(5)],
    [
      'no speed, and the phone shakes',
      wander.map((step, i) => ({ ...step, motion: MOTION(i % 2 ? 9.8 : 12) })),
      none(5),
    ],
    ['a walk that says so', wander.map((step) => ({ ...step, speed: 1.2 })), none(5)],
    ['out of the circle', [0, 8, 16].map((metres, seconds) => ({ metres, seconds, speed: 0 })), none(3)],
    ['without an accuracy there is no circle', wander.map((s) => ({ ...s, speed: 0, accuracy: null })), none(5)],
    ['the same place is no drift', [0, 1, 2].map((seconds) => ({ metres: 0, seconds, speed: 0 })), none(3)],
  ] as Array<[string, Step[], string[]]>)('%s', (_, steps, flags) => {
    expect(flagsOf(steps)).toEqual(flags);
  });
});

describe('repeated_position', () => {
  test('from the eleventh second of the same fix', () => {
    const steps = Array.from({ length: 14 }, (_, seconds) => ({ seconds, metres: 3 }));
    expect(flagsOf(steps)).toEqual([...none(11), ...Array.from({ length: 3 }, () => 'repeated_position')]);
  });

  test('another accuracy is another fix', () => {
    const steps = Array.from({ length: 20 }, (_, seconds) => ({ seconds, metres: 3, accuracy: 5 + (seconds % 2) }));
    expect(flagsOf(steps)).toEqual(none(20));
  });

  test('the same frame again, while its time stands still, is none', () => {
    expect(flagsOf([0, 0, 0].map((seconds) => ({ seconds, metres: 3 })))).toEqual(none(3));
  });
});

test('out_of_order: captured before the newest that came before it', () => {
  expect(flagsOf([3, 1, 2, 2, 4].map((seconds) => ({ seconds, metres: seconds })))).toEqual([
    '',
    'out_of_order',
    'out_of_order',
    'out_of_order',
    '',
  ]);
});

test('out_of_order: what a phone said before its clock was set back does not count', () => {
  const quality = new FrameQuality();
  const flagsAt = (capturedAtMs: number): string =>
    quality.flagsOf({ deviceId: 'd1', capturedAtMs, receivedAtMs: T0, data: {} }).join();
  expect([flagsAt(T0), flagsAt(T0 - 3_600_000)]).toEqual(['', 'out_of_order']);
  quality.clockWasSet('d1');
  expect([flagsAt(T0 - 3_599_000), flagsAt(T0 - 3_598_000)]).toEqual(['', '']);
});

test('devices do not judge each other, and what was not stored judges nobody', () => {
  const quality = new FrameQuality();
  const ask = (deviceId: string, metres: number, seconds: number) =>
    quality.flagsOf({
      deviceId,
      capturedAtMs: T0 + seconds * 1000,
      receivedAtMs: T0,
      data: toData({ metres, seconds }),
    });
  expect(ask('d1', 0, 10)).toEqual([]);
  expect(ask('d2', 9_000, 9)).toEqual([]);
  expect(ask('d1', 9_000, 11)).toEqual(['implied_jump']);
  quality.forget('d1');
  expect(ask('d1', 9_000, 9)).toEqual([]);
});
