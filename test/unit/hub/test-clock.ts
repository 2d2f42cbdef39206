/** A hub clock that a test moves. */
export interface TestClock {
  now(): number;
  advance(ms: number): void;
}

/** 2026-11-21T20:05:33Z. */
export const T0 = 1_795_291_533_000;

export function createTestClock(startMs = T0): TestClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
  };
}
