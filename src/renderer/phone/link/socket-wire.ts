import { parseHubMessage } from '../../../common/wire/phone-messages';
import { type HttpSender, postAside } from './post-message';
import type { Wire, WireListener } from './wire';

/** The WebSocket of an origin, without a key: that goes in the handshake. */
const toSocketUrl = (origin: string): string => `${origin.replace(/^http/, 'ws')}/pocket-parrot`;

/** @throws SyntaxError when the address is none */
export function openSocketWire(origin: string, sender: HttpSender, listener: WireListener): Wire {
  const closed = new AbortController();
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
    sendAside: (text, failed) =>
      socket.readyState === WebSocket.OPEN ? postAside(origin, sender, text, closed.signal, listener, failed) : null,
    // Detached first: whatever the old socket still says belongs to the past.
    close: () => {
      socket.onopen = null;
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
      closed.abort();
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
