import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import type { Transport } from '../../common/rpc/transport';
import { CHANNELS } from '../../preload/channels';
import { isOwnUrl } from './app-address';

/** Characters of one message from the page; its requests are some hundred. */
const MAX_MESSAGE_CHARS = 1024 * 1024;

interface Connection {
  readonly id: string;
  readonly transport: Transport;
  deliver(message: string): void;
  acknowledge(characters: number): void;
  finish(): void;
}

/**
 * Calls `onTransport` for each page load of our own window: a reload closes the transport of before and opens another.
 * Messages of any other frame or origin are dropped.
 */
export function acceptTransports(ipcMain: Pick<IpcMain, 'on'>, onTransport: (transport: Transport) => void): void {
  const connections = new Map<number, Connection>();
  const watched = new WeakSet<WebContents>();
  const end = (contentsId: number): void => {
    connections.get(contentsId)?.finish();
    connections.delete(contentsId);
  };

  ipcMain.on(CHANNELS.open, (event, id: unknown) => {
    if (!isOwnPage(event) || typeof id !== 'string') return;
    const { sender } = event;
    if (!watched.has(sender)) {
      watched.add(sender);
      sender.once('destroyed', () => end(sender.id));
      sender.on('render-process-gone', () => end(sender.id));
    }
    end(sender.id);
    const connection = createConnection(sender, id);
    connections.set(sender.id, connection);
    onTransport(connection.transport);
  });

  const current = (event: IpcMainEvent, id: unknown): Connection | null => {
    const connection = connections.get(event.sender.id);
    return connection && connection.id === id && isOwnPage(event) ? connection : null;
  };
  ipcMain.on(CHANNELS.message, (event, id: unknown, message: unknown) => {
    if (typeof message === 'string' && message.length <= MAX_MESSAGE_CHARS) current(event, id)?.deliver(message);
  });
  ipcMain.on(CHANNELS.received, (event, id: unknown, characters: unknown) => {
    if (typeof characters === 'number') current(event, id)?.acknowledge(characters);
  });
  ipcMain.on(CHANNELS.close, (event, id: unknown) => current(event, id)?.finish());
}

function isOwnPage({ senderFrame }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOwnUrl(senderFrame.url);
}

function createConnection(sender: WebContents, id: string): Connection {
  let onMessage: ((message: string) => void) | null = null;
  const onClose = new Set<() => void>();
  let isClosed = false;
  let sent = 0;
  let acknowledged = 0;
  const early: string[] = [];
  const finish = (): void => {
    if (isClosed) return;
    isClosed = true;
    for (const listener of onClose) listener();
  };
  const post = (channel: string, ...args: unknown[]): void => {
    if (!sender.isDestroyed()) sender.send(channel, id, ...args);
  };
  const transport: Transport = {
    send: (message) => {
      if (isClosed) return;
      sent += message.length;
      post(CHANNELS.message, message);
    },
    onMessage: (listener) => {
      onMessage = listener;
      for (const message of early.splice(0)) listener(message);
    },
    onClose: (listener) => {
      onClose.add(listener);
      if (isClosed) listener();
    },
    close: () => {
      if (!isClosed) post(CHANNELS.close);
      finish();
    },
    get bufferedBytes() {
      return sent - acknowledged;
    },
  };
  return {
    id,
    transport,
    deliver: (message) => {
      if (isClosed) return;
      if (onMessage) onMessage(message);
      else early.push(message);
    },
    acknowledge: (characters) => {
      acknowledged = Math.min(Math.max(acknowledged, characters), sent);
    },
    finish,
  };
}
