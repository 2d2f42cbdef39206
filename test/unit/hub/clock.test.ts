import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClock } from '../../../src/main/hub/clock';
import { T0 } from './test-clock';

/** The machine's two clocks, moved together or set apart. */
function createMachine() {
  const at = { wall: T0, steady: 1_000.5 };
  return {
    source: { wallMs: () => Math.floor(at.wall), steadyMs: () => at.steady },
    pass: (ms: number) => {
      at.wall += ms;
      at.steady += ms;
    },
    set: (byMs: number) => {
      at.wall += byMs;
    },
  };
}

test('it follows the wall clock, also when that is set forward', () => {
  const machine = createMachine();
  const clock = createClock(0, machine.source);
  expect(clock.now()).toBe(T0);
  machine.pass(250);
  expect(clock.now()).toBe(T0 + 250);
  machine.set(3_600_000);
  expect(clock.now()).toBe(T0 + 3_600_250);
});

test('set back by an hour: it goes on, nearly as fast as time, and never back', () => {
  const machine = createMachine();
  const clock = createClock(0, machine.source);
  clock.now();
  machine.set(-3_600_000);
  expect(clock.now()).toBe(T0);
  machine.pass(10_000);
  expect(clock.now()).toBe(T0 + 9_000);
});

test('its pace does not depend on how often it is looked at', () => {
  const machine = createMachine();
  const clock = createClock(0, machine.source);
  clock.now();
  machine.set(-3_600_000);
  clock.now();
  for (let look = 0; look < 8_000; look++) {
    machine.pass(1.25);
    clock.now();
  }
  expect(clock.now()).toBe(T0 + 9_000);
});

test('small steps back, as NTP makes them, are caught up with', () => {
  const machine = createMachine();
  const clock = createClock(0, machine.source);
  clock.now();
  for (let step = 0; step < 20; step++) {
    machine.set(-5);
    machine.pass(1_000);
    expect(clock.now()).toBe(T0 + (step + 1) * 995);
  }
});

test('after a restart it does not go behind the run before', () => {
  const machine = createMachine();
  const clock = createClock(T0 + 60_000, machine.source);
  expect(clock.now()).toBe(T0 + 60_000);
  machine.pass(100);
  expect(clock.now()).toBe(T0 + 60_090);
  machine.pass(600_000);
  expect(clock.now()).toBe(T0 + 600_100);
});

test('whatever happens to the wall clock, it never goes back and is whole', () => {
  const step = fc.tuple(fc.constantFrom('pass', 'set'), fc.double({ min: 0, max: 1e6, noNaN: true }), fc.boolean());
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const machine = createMachine();
      const clock = createClock(T0 - 1_000, machine.source);
      let before = clock.now();
      for (const [kind, ms, isBack] of steps) {
        if (kind === 'pass') machine.pass(ms);
        else machine.set(isBack ? -ms : ms);
        const now = clock.now();
        expect(now).toBeGreaterThanOrEqual(before);
        expect(Number.isInteger(now)).toBe(true);
        before = now;
      }
    }),
  );
});
