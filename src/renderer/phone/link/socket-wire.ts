import { parseHubMessage } from '../../../common/wire/phone-messages';
import type { Wire, WireListener } from './wire';

/** The WebSocket of an origin, without a key: that goes in the handshake. */
const toSocketUrl = (origin: string): string => `${origin.replace(/^http/, 'ws')}/pocket-parrot`;

/** @throws SyntaxError when the address is none */
export function openSocketWire(origin: string, listener: WireListener): Wire {
  const socket = new WebSocket(toSocketUrl(origin));
  socket.onopen = () => listener.opened();
  socket.onmessage = (event: MessageEvent<unknown>) => {
    const message = typeof event.data === 'string' ? parseHubMessage(event.data) : null;
    if (message) listener.said(message);
  };
  socket.onclose = (event) => listener.closed(event.code);
  return {
    send: (text) => {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(text);
      return true;
    },
    // Detached first: whatever the old socket still says belongs to the past.
    close: () => {
      socket.onopen = null;
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    },
  };
}

/** Whether a WebSocket gets through to there. Nothing is said on it. */
export function canOpenSocket(origin: string, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(toSocketUrl(origin));
    const end = (isOpen: boolean): void => {
      clearTimeout(timer);
      socket.onopen = null;
      socket.onclose = null;
      socket.close();
      resolve(isOpen);
    };
    const timer = setTimeout(() => end(false), timeoutMs);
    socket.onopen = () => end(true);
    socket.onclose = () => end(false);
  });
}
