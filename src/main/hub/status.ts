import type { HubEvent } from './hub-events';
import type { LiveState } from './live-state';

/** How often the status is told, ms (docs/wire-protocol.md, section 8). */
const STATUS_MS = 60_000;

interface StatusOptions {
  /** Between two of them, ms. */
  readonly everyMs?: number | undefined;
  readonly live: LiveState;
  readonly connections: () => number;
  readonly framesStored: () => number;
  readonly tell: (event: HubEvent) => void;
}

/** Tells the status each minute, or as often as told. Returns the function that stops it. */
export function startStatus({ everyMs = STATUS_MS, live, connections, framesStored, tell }: StatusOptions): () => void {
  let before = framesStored();
  const timer = setInterval(() => {
    const devices = live.list();
    const now = framesStored();
    const framesPerSecond = Math.round(((now - before) / (everyMs / 1000)) * 10) / 10;
    before = now;
    tell({
      event: 'status',
      connections: connections(),
      devices: devices.length,
      framesStored: now,
      framesPerSecond,
      devicesById: Object.fromEntries(
        devices.map(({ deviceId, name, frames, lastReceivedAtMs }) => [
          deviceId,
          { name, frames, lastAt: lastReceivedAtMs === null ? null : new Date(lastReceivedAtMs).toISOString() },
        ]),
      ),
    });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
