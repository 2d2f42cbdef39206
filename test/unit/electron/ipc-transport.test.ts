import { EventEmitter } from 'node:events';
import type { IpcMain, IpcRenderer } from 'electron';
import { expect, test } from 'vitest';
import type { Transport } from '../../../src/common/rpc/transport';
import { acceptTransports } from '../../../src/main/electron/ipc-transport';
import { type ExposedTransport, openTransport } from '../../../src/preload/exposed-transport';

/** Both ends of Electron's IPC for one window, in one process: real channels are test/e2e/desktop. */
function createWindow(url = 'app://perch/room', parent: object | null = null) {
  const main = new EventEmitter();
  const page = new EventEmitter();
  const opened: Transport[] = [];
  const sender = Object.assign(new EventEmitter(), {
    id: 1,
    isDestroyed: () => false,
    send: (channel: string, ...args: unknown[]) => page.emit(channel, {}, ...args),
  });
  const ipcRenderer = {
    on: page.on.bind(page),
    send: (channel: string, ...args: unknown[]) => {
      main.emit(channel, { sender, senderFrame: { url, parent } }, ...args);
    },
  } as unknown as IpcRenderer;
  acceptTransports(main as unknown as IpcMain, (transport) => opened.push(transport));
  return { opened, sender, load: (id: string) => openTransport(ipcRenderer, id) };
}

function listen(end: Pick<Transport, 'onMessage' | 'onClose'> | ExposedTransport) {
  const heard: string[] = [];
  end.onMessage((message) => heard.push(message));
  end.onClose(() => heard.push('closed'));
  return heard;
}

test('messages go both ways, in order, and wait for the listener', () => {
  const { opened, load } = createWindow();
  const page = load('one');
  page.send('a');
  page.send('b');
  opened[0]?.send('c');
  expect(listen(opened[0] as Transport)).toEqual(['a', 'b']);
  expect(listen(page)).toEqual(['c']);
  expect(opened[0]?.bufferedBytes).toBe(0);
});

test('what the page has not taken counts as buffered', () => {
  const { opened, sender, load } = createWindow();
  load('one');
  sender.send = () => true;
  opened[0]?.send('12345');
  expect(opened[0]?.bufferedBytes).toBe(5);
});

test('a reload closes the connection of before and opens another', () => {
  const { opened, load } = createWindow();
  const before = load('one');
  const heardBefore = listen(opened[0] as Transport);
  load('two');
  expect(heardBefore).toEqual(['closed']);
  const heardAfter = listen(opened[1] as Transport);
  before.send('late');
  expect([heardBefore, heardAfter]).toEqual([['closed'], []]);
});

test.each(['destroyed', 'render-process-gone'])('%s closes it', (event) => {
  const { opened, sender, load } = createWindow();
  load('one');
  const heard = listen(opened[0] as Transport);
  sender.emit(event);
  expect(heard).toEqual(['closed']);
});

test('either end may close; nothing arrives afterwards', () => {
  const first = createWindow();
  const page = first.load('one');
  const heardByPage = listen(page);
  first.opened[0]?.close();
  first.opened[0]?.send('late');
  expect(heardByPage).toEqual(['closed']);

  const second = createWindow();
  const closing = second.load('one');
  const heardByMain = listen(second.opened[0] as Transport);
  closing.close();
  closing.send('late');
  expect(heardByMain).toEqual(['closed']);
});

test.each([
  ['a foreign page', 'https://example.com/room', null],
  ['a frame inside the page', 'app://perch/room', {}],
])('%s gets no connection', (_name, url, parent) => {
  const { opened, load } = createWindow(url, parent);
  load('one').send('hello');
  expect(opened).toEqual([]);
});
