/** A number of the frame and the range its W3C definition gives it (docs/wire-protocol.md, section 4). */
export interface NumberRule {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

const number = (name: string, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): NumberRule => ({
  name,
  min,
  max,
});

/** Both are required once there is a `gps`; out of range refuses the frame: a wrong place is worse than none. */
export const PLACE_RULES: readonly NumberRule[] = [number('latitude', -90, 90), number('longitude', -180, 180)];

/** Numbers of each group. Out of range is flagged, never refused: the raw value is kept. */
export const GROUP_RULES = {
  gps: [
    number('altitude'),
    number('accuracy', 0),
    number('altitudeAccuracy', 0),
    number('heading', 0, 360),
    number('speed', 0),
  ],
  orientation: [number('alpha', 0, 360), number('beta', -180, 180), number('gamma', -90, 90)],
  motion: [
    number('accelerationX'),
    number('accelerationY'),
    number('accelerationZ'),
    number('rotationAlpha'),
    number('rotationBeta'),
    number('rotationGamma'),
  ],
  weather: [
    number('temperature'),
    number('humidity', 0, 100),
    number('windSpeed', 0),
    number('windDirection', 0, 360),
    number('precipitation', 0),
    number('cloudCover', 0, 100),
    number('weatherCode'),
  ],
} as const satisfies Record<string, readonly NumberRule[]>;

/** 0 = empty, 1 = full. */
export const BATTERY_RULE: NumberRule = number('battery', 0, 1);

/** Certainty of a detection. */
export const SCORE_RULE: NumberRule = number('score', 0, 1);

/** Members of a frame that hold no others to look into; all that is in no such list is kept as it comes, up to a size. */
export const LEAF_MEMBERS: ReadonlySet<string> = new Set([
  'id',
  'timestamp',
  'captureMethod',
  'battery',
  'text',
  'colorPalette',
  'photo',
  'audio',
]);

/** Members of a detected object. */
export const OBJECT_MEMBERS: ReadonlySet<string> = new Set(['class', 'score', 'bbox']);

/** Members of each group: its numbers, and what else has a meaning in it. */
export const GROUP_MEMBERS: Readonly<Record<keyof typeof GROUP_RULES, ReadonlySet<string>>> = {
  gps: new Set([...PLACE_RULES, ...GROUP_RULES.gps].map(({ name }) => name)),
  orientation: new Set([...GROUP_RULES.orientation.map(({ name }) => name), 'absolute']),
  motion: new Set(GROUP_RULES.motion.map(({ name }) => name)),
  weather: new Set(GROUP_RULES.weather.map(({ name }) => name)),
};
