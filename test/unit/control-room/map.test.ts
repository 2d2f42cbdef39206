import { describe, expect, it } from 'vitest';
import { degreeLabel, graticuleStep, gridLines } from '../../../src/renderer/control-room/features/map/graticule-steps';
import { chooseLabels, type LabelBox } from '../../../src/renderer/control-room/features/map/label-layout';
import { unwrapRing } from '../../../src/renderer/control-room/features/map/unwrap-ring';

describe('graticule', () => {
  it.each([
    [0.35, 30],
    [0.01, 2],
    [0.000_04, 0.005],
    [0.000_000_1, 0.000_02],
    [0.000_000_001, 0.000_01],
  ])('at %f degrees a pixel the step is %f', (degreesPerPixel, step) => {
    expect(graticuleStep(degreesPerPixel)).toBe(step);
  });
  it('has lines that read as they are', () => {
    expect(gridLines(47.595, 47.635, 0.01)).toEqual([47.6, 47.61, 47.62, 47.63]);
    expect(gridLines(-0.1, 0.25, 0.1)).toEqual([-0.1, 0, 0.1, 0.2]);
  });
  it.each([
    [47.61, 0.01, '47.61° N'],
    [-122.5, 0.5, '122.5° W'],
    [0, 30, '0°'],
    [60, 30, '60° N'],
    [47.6112, 0.0002, '47.6112° N'],
  ])('%f with step %f reads %s', (degrees, step, label) => {
    expect(degreeLabel(degrees, step, label.endsWith('W') ? ['E', 'W'] : ['N', 'S'])).toBe(label);
  });
});

describe('unwrapRing', () => {
  it('leaves a ring alone that crosses nothing', () => {
    const ring = [
      [10, 0],
      [20, 0],
      [20, 10],
      [10, 0],
    ];
    expect(unwrapRing(ring)).toEqual(ring);
  });
  it('goes on beyond 180 over the antimeridian', () => {
    expect(
      unwrapRing([
        [170, 60],
        [-175, 60],
        [-175, 70],
        [170, 60],
      ]).map(([longitude]) => longitude),
    ).toEqual([170, 185, 185, 170]);
  });
  it('closes a ring round the pole along the pole', () => {
    const ring = unwrapRing([
      [-90, -70],
      [0, -70],
      [90, -70],
      [180, -70],
      [-90, -70],
    ]);
    expect(ring.slice(-3)).toEqual([
      [270, -90],
      [-90, -90],
      [-90, -70],
    ]);
  });
});

describe('chooseLabels', () => {
  const box = (id: string, x: number, y: number, isWanted = false): LabelBox => ({
    id,
    x,
    y,
    width: 80,
    height: 20,
    isWanted,
  });
  it('shows all that have room', () => {
    expect(chooseLabels([box('a', 0, 0), box('b', 0, 60)])).toEqual(new Set(['a', 'b']));
  });
  it('leaves out a label that would cover another marker', () => {
    expect(chooseLabels([box('a', 0, 0), box('b', 60, 0)])).toEqual(new Set(['b']));
  });
  it('shows the wanted one, and not what it covers', () => {
    expect(chooseLabels([box('a', 0, 0, true), box('b', 0, 12)])).toEqual(new Set(['a']));
  });
});
