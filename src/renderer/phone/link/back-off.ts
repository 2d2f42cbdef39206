const FLOOR_MS = 250;
const FIRST_MS = 500;
const CEILING_MS = 15_000;

/**
 * How long to wait before try number `attempt` (from 1), in ms: 250 to 15,000. Full jitter: a hub that comes back must
 * not meet all its phones in the same second. `random` gives 0 to 1.
 */
export function backOffMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(CEILING_MS, FIRST_MS * 2 ** Math.min(Math.max(attempt, 1), 10));
  return Math.round(FLOOR_MS + random() * (ceiling - FLOOR_MS));
}
