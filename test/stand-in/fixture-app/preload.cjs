const { contextBridge, ipcRenderer } = require('electron');

window.leakedFromPreload = 1;
Array.prototype.preloadPolluted = 1;

class WithMethod {
  value = 1;
  method() {
    return 1;
  }
}

contextBridge.exposeInMainWorld('api', {
  version: 3,
  nested: { list: [1, { two: 2 }] },
  instance: new WithMethod(),
  add: (a, b) => a + b,
  throwNow: () => {
    throw new TypeError('sync boom');
  },
  throwLater: async () => {
    throw new Error('async boom');
  },
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
  on: (channel, listener) => {
    const relay = (_event, value) => listener(value);
    ipcRenderer.on(channel, relay);
    return () => ipcRenderer.off(channel, relay);
  },
  seenOfThePage: () => [typeof window.pageGlobal, typeof Array.prototype.pagePolluted],
});
