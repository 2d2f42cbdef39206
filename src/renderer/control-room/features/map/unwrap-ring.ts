/**
 * Makes a ring of a globe fit for a flat map: a step of more than half the globe is one over the antimeridian, so the
 * longitudes go on beyond 180 instead of jumping back. A ring that does not come back to its start goes round a pole
 * (Antarctica) and is closed along it.
 */
export function unwrapRing(ring: readonly number[][]): number[][] {
  let turns = 0;
  let before: number | null = null;
  const unwrapped = ring.map(([longitude = 0, latitude = 0]): number[] => {
    if (before !== null && longitude - before > 180) turns -= 1;
    if (before !== null && longitude - before < -180) turns += 1;
    before = longitude;
    return [longitude + 360 * turns, latitude];
  });
  const [first, last] = [unwrapped[0], unwrapped.at(-1)];
  if (turns === 0 || !first || !last) return unwrapped;
  const pole = (first[1] ?? 0) < 0 ? -90 : 90;
  return [...unwrapped, [last[0] ?? 0, pole], [first[0] ?? 0, pole], first];
}
