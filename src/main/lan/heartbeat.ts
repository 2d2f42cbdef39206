import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

interface Pulse {
  readonly raw: Duplex & { readonly bytesRead?: number };
  isAwaitingPong: boolean;
  /** No whole message came since the last ping, and we listen for one. */
  isAwaitingMessage: boolean;
  bytesAtPing: number;
}

/** Finds sockets whose other end is gone: no network tells us that a phone walked out of the WiFi. */
export interface Heartbeat {
  /** From now until it is forgotten, pings this socket and ends it when it missed the last ping. */
  watch(socket: WebSocket, raw: Duplex): void;
  /** It closed. */
  forget(socket: WebSocket): void;
  stop(): void;
}

/** One timer for all sockets, and the same listeners: a closure for each costs more than all that is known of a socket. */
export function createHeartbeat(intervalMs: number): Heartbeat {
  const pulses = new Map<WebSocket, Pulse>();
  const beat = (): void => {
    for (const [socket, pulse] of pulses) {
      if (pulse.isAwaitingPong && !isExcused(socket, pulse)) {
        socket.terminate();
        continue;
      }
      pulse.isAwaitingPong = true;
      pulse.bytesAtPing = pulse.raw.bytesRead ?? 0;
      awaitMessage(socket, pulse);
      socket.ping();
    }
  };
  // Only between a ping and what comes after it: a busy phone's messages are nobody's business here.
  const awaitMessage = (socket: WebSocket, pulse: Pulse): void => {
    if (pulse.isAwaitingMessage) return;
    pulse.isAwaitingMessage = true;
    socket.on('message', onMessage);
  };
  function onMessage(this: WebSocket): void {
    const pulse = pulses.get(this);
    if (pulse) pulse.isAwaitingMessage = false;
    this.off('message', onMessage);
  }
  function onPong(this: WebSocket): void {
    const pulse = pulses.get(this);
    if (!pulse) return;
    pulse.isAwaitingPong = false;
    if (pulse.isAwaitingMessage) onMessage.call(this);
  }
  const timer = setInterval(beat, intervalMs);
  timer.unref();
  return {
    watch: (socket, raw) => {
      pulses.set(socket, { raw, isAwaitingPong: false, isAwaitingMessage: false, bytesAtPing: 0 });
      socket.on('pong', onPong);
    },
    forget: (socket) => {
      pulses.delete(socket);
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
  return pulse.isAwaitingMessage && (pulse.raw.bytesRead ?? 0) > pulse.bytesAtPing;
}
