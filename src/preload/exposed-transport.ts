import type { IpcRenderer } from 'electron';
import { CHANNELS } from './channels';

/**
 * What the page finds as `window.perchTransport`: the Transport of common/rpc, where `bufferedBytes` is a function,
 * because a getter can't cross the context bridge.
 */
export interface ExposedTransport {
  send(message: string): void;
  onMessage(listener: (message: string) => void): void;
  onClose(listener: () => void): void;
  close(): void;
  bufferedBytes(): number;
}

/** Opens this page load's one connection to the hub. */
export function openTransport(ipc: Pick<IpcRenderer, 'send' | 'on'>, id: string): ExposedTransport {
  let onMessage: ((message: string) => void) | null = null;
  let onClose: (() => void) | null = null;
  let isClosed = false;
  let received = 0;
  // What comes before the page has a listener waits here, as on a socket.
  const early: string[] = [];
  const finish = (): void => {
    if (isClosed) return;
    isClosed = true;
    onClose?.();
  };
  ipc.on(CHANNELS.message, (_event, to: string, message: string) => {
    if (to !== id || isClosed) return;
    received += message.length;
    ipc.send(CHANNELS.received, id, received);
    if (onMessage) onMessage(message);
    else early.push(message);
  });
  ipc.on(CHANNELS.close, (_event, to: string) => {
    if (to === id) finish();
  });
  ipc.send(CHANNELS.open, id);
  return {
    send: (message) => {
      if (!isClosed) ipc.send(CHANNELS.message, id, String(message));
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
      if (!isClosed) ipc.send(CHANNELS.close, id);
      finish();
    },
    // Electron hands each message to the system at once.
    bufferedBytes: () => 0,
  };
}
