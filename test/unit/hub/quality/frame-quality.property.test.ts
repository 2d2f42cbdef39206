import fc from 'fast-check';
import { expect, test } from 'vitest';
import { liveDeviceSchema } from '../../../../src/common/contract/schemas';
import type { StoredFrame } from '../../../../src/common/model/frame';
import { DeviceTrack, stepOf } from '../../../../src/main/hub/quality/device-track';
import { FrameQuality } from '../../../../src/main/hub/quality/frame-quality';
import { parseFrame } from '../../../../src/main/ingest/frame-parser';
import { storedFrame } from '../frame-fixture';
import { T0 } from '../test-clock';

const KNOWN = new Set(['implied_jump', 'poor_accuracy', 'static_drift', 'repeated_position', 'out_of_order']);

const value = fc.oneof(
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, 5, 51),
);
const gps = fc.record({
  latitude: fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(47, 47.0001, 90, -90)),
  longitude: fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(11, 180, -180)),
  accuracy: value,
  speed: value,
  altitude: value,
});
const motion = fc.record({ accelerationX: value, accelerationY: value, accelerationZ: value, rotationBeta: value });
const arrival = fc.record({
  data: fc.record({ gps, motion }, { requiredKeys: [] }),
  capturedAtMs: fc.oneof(
    fc.constant(null),
    fc.integer({ min: T0 - 60_000, max: T0 }),
    fc.integer({ min: -8.64e15, max: 8.64e15 }),
  ),
  deviceId: fc.constantFrom('d1', 'd2'),
});

test('any sequence of frames: known flags each once, nothing changed, totals that the contract takes', () => {
  fc.assert(
    fc.property(fc.array(arrival, { maxLength: 60 }), (arrivals) => {
      const quality = new FrameQuality();
      const track = new DeviceTrack();
      arrivals.forEach(({ data, capturedAtMs, deviceId }, index) => {
        const parsed = parseFrame(data);
        const before = JSON.stringify(parsed.data);
        const receivedAtMs = T0 + index;
        const flags = quality.flagsOf({ deviceId, capturedAtMs, receivedAtMs, data: parsed.data });
        expect(JSON.stringify(parsed.data)).toBe(before);
        expect(flags.every((flag) => KNOWN.has(flag))).toBe(true);
        expect(new Set(flags).size).toBe(flags.length);
        const frame: StoredFrame = storedFrame(data, { capturedAtMs, receivedAtMs, flags });
        const step = stepOf(frame);
        if (step) track.add(step);
      });
      expect(liveDeviceSchema.shape.track.safeParse(track.track).success).toBe(true);
    }),
  );
});
