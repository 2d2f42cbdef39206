import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

interface Pulse {
  readonly raw: Duplex & { readonly bytesRead?: number };
  isAwaitingPong: boolean;
  /** Whole messages since the last ping. */
  messages: number;
  bytesAtPing: number;
}

/** Finds sockets whose other end is gone: no network tells us that a phone walked out of the WiFi. */
export interface Heartbeat {
  /** From now until it closes, pings this socket and ends it when it missed the last ping. */
  watch(socket: WebSocket, raw: Duplex): void;
  stop(): void;
}

/** One timer for all sockets. */
export function createHeartbeat(intervalMs: number): Heartbeat {
  const pulses = new Map<WebSocket, Pulse>();
  const beat = (): void => {
    for (const [socket, pulse] of pulses) {
      if (pulse.isAwaitingPong && !isExcused(socket, pulse)) {
        socket.terminate();
        continue;
      }
      pulse.isAwaitingPong = true;
      pulse.messages = 0;
      pulse.bytesAtPing = pulse.raw.bytesRead ?? 0;
      socket.ping();
    }
  };
  const timer = setInterval(beat, intervalMs);
  timer.unref();
  return {
    watch: (socket, raw) => {
      const pulse: Pulse = { raw, isAwaitingPong: false, messages: 0, bytesAtPing: 0 };
      pulses.set(socket, pulse);
      socket.on('pong', () => {
        pulse.isAwaitingPong = false;
      });
      socket.on('message', () => {
        pulse.messages += 1;
      });
      socket.once('close', () => pulses.delete(socket));
    },
    stop: () => clearInterval(timer),
  };
}

/**
 * A pong can't overtake what is before it: not in a socket that we paused ourselves, and not while one long message (a
 * photo over bad radio) is still coming in.
 */
function isExcused(socket: WebSocket, pulse: Pulse): boolean {
  if (socket.isPaused) return true;
  return pulse.messages === 0 && (pulse.raw.bytesRead ?? 0) > pulse.bytesAtPing;
}
