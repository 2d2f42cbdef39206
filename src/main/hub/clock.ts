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
 * A clock that follows the wall clock while that rises. When the wall clock is set back it goes on from the last
 * value at the steady clock's pace, so that order and durations stay true, and follows the wall clock again as soon
 * as that is ahead.
 * @param notBeforeMs the greatest time given out by an earlier run.
 */
export function createClock(notBeforeMs: number, source: TimeSource = machine): Clock {
  let last = notBeforeMs;
  let lastSteady = source.steadyMs();
  return {
    now: () => {
      const steady = source.steadyMs();
      const wall = source.wallMs();
      // Rounded down so that a stopped wall clock never runs fast.
      const onward = last + Math.max(0, Math.floor(steady - lastSteady));
      const next = wall >= last ? wall : onward;
      if (next !== last) {
        last = next;
        lastSteady = steady;
      }
      return next;
    },
  };
}
