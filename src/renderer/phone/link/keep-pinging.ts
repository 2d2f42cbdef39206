import type { HubToPhone, RoundTrip } from '../../../common/wire/ingest';
import type { Link } from './link';

/** docs/wire-protocol.md, section 3: often enough to follow a drifting clock, too seldom to matter to the battery. */
const EVERY_MS = 10_000;

interface Measure {
  /** Less the hub's own share of it, ms. */
  readonly roundTripMs: number;
  /** How far this phone's clock is ahead of the hub's, ms; within half of the round trip. */
  readonly clockAheadMs: number;
}

/**
 * Pings the hub while the link is up, first right after the welcome. Each ping carries the time stamps of the round trip
 * before it, by which the hub knows this phone's clock; so the first pong is answered at once. `measured`: once
 * the link is gone with null.
 */
export function keepPinging(link: Link, measured: (measure: Measure | null) => void, everyMs = EVERY_MS): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  let last: RoundTrip | null = null;
  const ping = (): void => {
    link.send(JSON.stringify({ type: 'ping', t0: Date.now(), ...(last ? { last } : {}) }));
  };
  const received = (message: HubToPhone): void => {
    if (message.type !== 'pong') return;
    const { t0, t1, t2 } = message;
    const t3 = Date.now();
    const elapsedMs = t3 - t0 - (t2 - t1);
    // A clock that was set in between measured nothing. Four times in whole ms may come out 1 ms short.
    if (elapsedMs < -1) return;
    const roundTripMs = Math.max(0, elapsedMs);
    const isFirst = last === null;
    last = { t0, t1, t2, t3 };
    measured({ roundTripMs, clockAheadMs: (t0 - t1 + (t3 - t2)) / 2 });
    if (isFirst) ping();
  };
  link.listen({
    stateChanged: (state) => {
      clearInterval(timer);
      if (state.kind !== 'connected') return;
      last = null;
      ping();
      timer = setInterval(ping, everyMs);
    },
    received,
    lost: () => measured(null),
  });
}
