import type { WebSocket } from 'ws';
import type { LiveDevice } from '../../common/model/live-device';
import type { DashboardEntry } from '../../common/wire/dashboard';

/** At most 4 a second (docs/wire-protocol.md, section 7). */
const SEND_MS = 250;

/** A reader with more than this unsent is skipped until it has caught up: it then gets the newest. */
const HIGH_WATER_BYTES = 1024 * 1024;

/** `/dashboard`: who is where, as a JSON array, on connect and on change. */
export interface DashboardFeed {
  open(socket: WebSocket): void;
  /** Something of the list changed. */
  changed(): void;
  stop(): void;
}

/** Starts the feed on a list of devices. */
export function createDashboardFeed(list: () => readonly LiveDevice[]): DashboardFeed {
  const readers = new Map<WebSocket, { sent: string }>();
  let timer: NodeJS.Timeout | null = null;

  const text = (): string => JSON.stringify(list().map(toEntry));
  const schedule = (): void => {
    if (timer || readers.size === 0) return;
    timer = setTimeout(() => {
      timer = null;
      const now = text();
      let isBehind = false;
      for (const [socket, reader] of readers) {
        if (reader.sent === now) continue;
        if (socket.bufferedAmount > HIGH_WATER_BYTES) {
          isBehind = true;
          continue;
        }
        reader.sent = now;
        socket.send(now);
      }
      if (isBehind) schedule();
    }, SEND_MS);
    timer.unref();
  };

  return {
    open: (socket) => {
      const sent = text();
      readers.set(socket, { sent });
      socket.once('close', () => readers.delete(socket));
      socket.send(sent);
    },
    changed: schedule,
    stop: () => {
      if (timer) clearTimeout(timer);
      readers.clear();
    },
  };
}

function toEntry({ deviceId, name, position, lastReceivedAtMs, isOnline }: LiveDevice): DashboardEntry {
  const at = position?.value;
  return {
    id: deviceId,
    username: name,
    gps: at
      ? {
          latitude: at.latitude,
          longitude: at.longitude,
          altitude: at.altitude,
          accuracy: at.accuracy,
          heading: at.heading,
          speed: at.speed,
        }
      : null,
    timestamp: lastReceivedAtMs === null ? null : new Date(lastReceivedAtMs).toISOString(),
    online: isOnline,
  };
}
