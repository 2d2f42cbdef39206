import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { toWorldShapes } from '../../../src/renderer/control-room/features/map/world-shapes';

const bundled = readFileSync(new URL('../../../resources/world/countries-50m.json', import.meta.url), 'utf8');

describe('the bundled world outline', () => {
  it("is the package's own file, unchanged, as its licence note says", () => {
    const original = createRequire(import.meta.url).resolve('world-atlas/countries-50m.json');
    expect(bundled === readFileSync(original, 'utf8')).toBe(true);
  });

  it('has no line that jumps across the map', () => {
    const { land, borders } = toWorldShapes(JSON.parse(bundled));
    expect(land.coordinates.length).toBeGreaterThan(1_000);
    const steps = land.coordinates.flat().flatMap((ring) =>
      ring.slice(1).map(([longitude = 0, latitude = 0], index) => ({
        degrees: Math.abs(longitude - (ring[index]?.[0] ?? 0)),
        isAlongPole: latitude === -90 && ring[index]?.[1] === -90,
      })),
    );
    expect(steps.filter(({ degrees, isAlongPole }) => degrees > 180 && !isAlongPole)).toEqual([]);
    expect(borders.coordinates.length).toBeGreaterThan(150);
  });
});
