/** The hub's clock, ms since the epoch. Never goes back, within a run or across runs. */
export interface Clock {
  now(): number;
}

/** The two clocks of the machine; a test replaces them. */
export interface TimeSource {
  /** The wall clock, ms since the epoch; it may be set. */
  wallMs(): number;
  /** Rises steadily from an unknown origin, ms. */
  steadyMs(): number;
}

const machine: TimeSource = { wallMs: () => Date.now(), steadyMs: () => performance.now() };

/**
 * How fast the clock goes while it is ahead of the wall clock: order and durations stay nearly true, and a wall clock
 * set back by a minute is caught up with in ten.
 */
const CATCH_UP_PACE = 0.9;

/**
 * A clock that follows the wall clock. When that is set back it goes on from the last value, a little slower than time
 * itself, until the wall clock has caught up.
 * @param notBeforeMs the greatest time given out by an earlier run.
 */
export function createClock(notBeforeMs: number, source: TimeSource = machine): Clock {
  let last = notBeforeMs;
  // Where the clock was when it began to go by itself; null while it follows the wall clock.
  let ahead: { readonly fromMs: number; readonly steadyMs: number } | null = null;
  return {
    now: () => {
      const wall = source.wallMs();
      if (wall >= last) {
        ahead = null;
        last = wall;
        return last;
      }
      ahead ??= { fromMs: last, steadyMs: source.steadyMs() };
      // From one origin, not from call to call: rounding would add up.
      last = Math.max(last, ahead.fromMs + Math.floor((source.steadyMs() - ahead.steadyMs) * CATCH_UP_PACE));
      return last;
    },
  };
}
