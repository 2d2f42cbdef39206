import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StoredFrame } from '../../../../src/common/model/frame';
import { DeviceTrack, stepOf } from '../../../../src/main/hub/quality/device-track';
import { packTrack, unpackTrack } from '../../../../src/main/hub/quality/track-state';
import type { Tracks } from '../../../../src/main/hub/quality/tracks';
import { storedFrame } from '../frame-fixture';
import { T0 } from '../test-clock';
import { TrackLog, take } from './track-log';

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const gps = fc.record({
  latitude: fc.double({ min: 46.99, max: 47.01, noNaN: true }),
  longitude: fc.oneof(fc.double({ min: 10.99, max: 11.01, noNaN: true }), fc.constantFrom(-0, 180)),
  accuracy: maybe(fc.integer({ min: 0, max: 60 })),
  altitude: maybe(fc.double({ min: 400, max: 450, noNaN: true })),
});
/** In order, late, far apart, twice at once; some doubted, some without a position. */
const arrival = fc.record({
  deviceId: fc.constantFrom('d1', 'd2', 'd3'),
  gps: fc.option(gps, { nil: undefined, freq: 8 }),
  offsetMs: fc.oneof(fc.constant(0), fc.integer({ min: -3_000_000, max: 0 }), fc.integer({ min: 0, max: 60_000 })),
  flags: fc.constantFrom<string[][]>([], [], ['implied_jump'], ['clock_skew']),
});
type Arrival = typeof arrival extends fc.Arbitrary<infer T> ? T : never;

function toFrame({ deviceId, gps: position, offsetMs, flags }: Arrival, frameId: number): StoredFrame {
  const liveAtMs = T0 + frameId * 1000 + offsetMs;
  return storedFrame(position ? { gps: position } : {}, { frameId, deviceId, liveAtMs, flags });
}

const toFrames = (arrivals: readonly Arrival[]) => arrivals.map((one, index) => toFrame(one, index + 1));

function add(track: DeviceTrack, frames: readonly StoredFrame[]): DeviceTrack {
  for (const frame of frames) {
    const step = stepOf(frame);
    if (step) track.add(step);
  }
  return track;
}

test('what was kept of a track, and the frames after it, make the same track to the last digit', () => {
  fc.assert(
    fc.property(fc.array(arrival, { maxLength: 120 }), fc.nat(), (arrivals, at) => {
      const frames = toFrames(arrivals);
      const cut = at % (frames.length + 1);
      const before = add(new DeviceTrack(), frames.slice(0, cut));
      const kept = unpackTrack(packTrack(before.state));
      expect(kept).toEqual(before.state);
      const after = add(new DeviceTrack(kept ?? undefined), frames.slice(cut));
      const whole = add(new DeviceTrack(), frames);
      expect(after.track).toEqual(whole.track);
      expect(after.state).toEqual(whole.state);
    }),
  );
});

test('any byte of it changed, and any end cut off: it is no track any more', () => {
  const { raw, clean } = packTrack(add(new DeviceTrack(), toFrames(fc.sample(arrival, 60))).state);
  expect(unpackTrack({ raw, clean })).not.toBeNull();
  for (let at = 0; at < raw.length; at += 1) {
    const damaged = raw.slice();
    damaged[at] = (damaged[at] ?? 0) ^ 0x10;
    expect(unpackTrack({ raw: damaged, clean })).toBeNull();
    expect(unpackTrack({ raw, clean: damaged })).toBeNull();
    expect(unpackTrack({ raw: raw.slice(0, at), clean })).toBeNull();
  }
});

const step = fc.oneof(
  // Committed, and told at once or with what comes next.
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom('told', 'untold'), count: fc.integer({ min: 1, max: 300 }) }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('tick', 'tick', 'wait', 'kill', 'stop', 'crash') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('full', 'room', 'salvaged') }) },
);

test('whatever ends a hub, and when: after the next start each track is that of all frames', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 4, maxLength: 30, size: 'max' }),
      fc.infiniteStream(arrival),
      async (steps, arrivals) => {
        const log = new TrackLog();
        let untold: StoredFrame[] = [];
        let tracks = log.open();
        const open = (): Tracks => {
          untold = [];
          return log.open();
        };
        const tell = (): void => {
          for (const frame of untold.splice(0)) take(tracks, frame);
        };
        for (const one of steps) {
          const count = 'count' in one ? one.count : 0;
          for (let index = 0; index < count; index += 1) {
            const next: IteratorResult<Arrival, undefined> = arrivals.next();
            if (next.done) break;
            const frame = toFrame(next.value, log.frames.length + 1);
            log.frames.push(frame);
            untold.push(frame);
          }
          switch (one.kind) {
            case 'untold':
              break;
            case 'told':
              tell();
              break;
            case 'tick':
              tracks.tick();
              break;
            case 'wait':
              await log.settled();
              break;
            case 'kill':
              tracks = open();
              break;
            case 'stop':
              tell();
              await tracks.flush();
              tracks = open();
              break;
            case 'crash':
              untold = [];
              tracks.missedSome();
              break;
            case 'full':
            case 'room':
              log.isFailing = one.kind === 'full';
              break;
            case 'salvaged':
              log.saved.clear();
              tracks.startOver();
              break;
          }
        }
        log.isFailing = false;
        tell();
        const devices = ['d1', 'd2', 'd3'];
        const wanted = devices.map((id) => log.whole(id).track);
        for (const last of [tracks, log.open()]) {
          await expect.poll(() => devices.map((id) => last.of(id)), { timeout: 3_000 }).toEqual(wanted);
        }
      },
    ),
    // Each failure waits for what never comes: the first is enough.
    { numRuns: 50, endOnFailure: true },
  );
});
