import type { Transport } from './transport';

/** A pair of transports wired to each other, each message delivered in a later microtask. For tests and in-process use. */
export function createMemoryTransports(): readonly [Transport, Transport] {
  const ends = [createEnd(), createEnd()] as const;
  ends[0].peer = ends[1];
  ends[1].peer = ends[0];
  return [ends[0].transport, ends[1].transport];
}

interface End {
  peer: End | null;
  deliver(message: string): void;
  finish(): void;
  readonly transport: Transport;
}

function createEnd(): End {
  let onMessage: ((message: string) => void) | null = null;
  let onClose: (() => void) | null = null;
  let isClosed = false;
  // Messages that arrive before there is a listener wait here, as on a socket.
  const early: string[] = [];
  const end: End = {
    peer: null,
    deliver: (message) => {
      if (isClosed) return;
      if (onMessage) onMessage(message);
      else early.push(message);
    },
    finish: () => {
      if (isClosed) return;
      isClosed = true;
      onClose?.();
    },
    transport: {
      send: (message) => {
        if (!isClosed) void Promise.resolve().then(() => end.peer?.deliver(message));
      },
      onMessage: (listener) => {
        onMessage = listener;
        for (const message of early.splice(0)) listener(message);
      },
      onClose: (listener) => {
        onClose = listener;
        if (isClosed) listener();
      },
      close: () => {
        void Promise.resolve().then(() => end.peer?.finish());
        end.finish();
      },
      bufferedBytes: 0,
    },
  };
  return end;
}
