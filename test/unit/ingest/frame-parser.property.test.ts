import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolError } from '../../../src/common/wire/protocol-error';
import { parseFrame } from '../../../src/main/ingest/frame-parser';

const numbers = fc.oneof(fc.double(), fc.integer(), fc.constant(Number.POSITIVE_INFINITY));
const leaf = fc.oneof(numbers, fc.string({ unit: 'binary' }), fc.boolean(), fc.constant(null));
const member = fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 1, arbitrary: fc.jsonValue() });
const group = (...names: string[]) =>
  fc.oneof(
    fc.record(Object.fromEntries(names.map((name) => [name, fc.option(numbers)])), { requiredKeys: [] }),
    fc.dictionary(fc.constantFrom(...names, '__proto__', 'other'), member),
    member,
  );

/** Frames near the truth: every part there is, right or wrong. */
const frame = fc.record(
  {
    id: member,
    timestamp: fc.oneof(fc.integer(), fc.constant('2026-11-21T20:05:33Z'), member),
    battery: member,
    gps: group('latitude', 'longitude', 'heading'),
    orientation: group('alpha', 'beta', 'gamma', 'absolute'),
    motion: group('accelerationX', 'rotationAlpha'),
    weather: fc.oneof(group('temperature', 'data'), fc.record({ data: group('temperature', 'humidity') })),
    objectsDetected: fc.oneof(fc.array(fc.record({ class: fc.string(), score: member })), member),
    colorPalette: fc.oneof(fc.array(member), member),
    photoBase64: fc.oneof(fc.base64String(), fc.string(), member),
    photo: member,
    audio: member,
    unknown: member,
  },
  { requiredKeys: [] },
);
const anything = fc.oneof(frame, fc.jsonValue() as fc.Arbitrary<unknown>, leaf);

test('any JSON value is a frame or one refusal in one sentence, and the body says what the data says', () => {
  fc.assert(
    fc.property(anything, (value) => {
      try {
        const { data, body, flags } = parseFrame(value);
        // Through JSON both: it has no -0.
        expect(JSON.parse(body)).toEqual(JSON.parse(JSON.stringify(data)));
        expect(JSON.stringify(data)).toBe(body);
        expect(new Set(flags).size).toBe(flags.length);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        expect(['invalid_frame', 'too_large']).toContain(error.code);
        expect(error.message).toMatch(/^data[\w.[\]]* (must|is missing)/);
        expect(error.message).not.toMatch(/\n/);
        expect(error.message.length).toBeLessThan(500);
      }
    }),
    { numRuns: 2_000 },
  );
});
