/** Steps a grid may have, degrees, coarse to fine. The finest is about a metre. */
const STEPS: readonly number[] = [
  30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001, 0.00005, 0.00002,
  0.00001,
];

/** Closer than this and the labels touch. */
const MIN_SPACING_PX = 120;

/** The finest step whose lines are still far enough apart. */
export function graticuleStep(degreesPerPixel: number): number {
  const fit = STEPS.filter((step) => step / degreesPerPixel >= MIN_SPACING_PX);
  return fit.at(-1) ?? STEPS[0] ?? 30;
}

/** The multiples of `step` within a range, as they read: no 47.60000000001. */
export function gridLines(from: number, to: number, step: number): readonly number[] {
  const lines: number[] = [];
  for (let index = Math.ceil(from / step); index * step <= to; index += 1) {
    lines.push(Number((index * step).toFixed(5)));
  }
  return lines;
}

/** "47.61° N", with as many decimals as the step has. */
export function degreeLabel(degrees: number, step: number, [positive, negative]: readonly [string, string]): string {
  const decimals = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  const side = degrees === 0 ? '' : ` ${degrees > 0 ? positive : negative}`;
  return `${Math.abs(degrees).toFixed(decimals)}°${side}`;
}
