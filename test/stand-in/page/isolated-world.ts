import type { Codec } from './codec.ts';
import type { BridgeCall, BridgeMessage, PageInfo, ToMain, ToPage } from './messages.ts';
import type { Callable, Packer } from './packer.ts';

type Preload = (require: (name: string) => unknown, module: object, exports: object, process: object) => void;
type Listener = (event: object, ...args: unknown[]) => void;

interface WorldGlobals {
  __standIn?: (payload: string) => void;
  __standInReceive?: (batch: unknown[]) => void;
}

/**
 * The preload's world: runs the preload with what a sandboxed one may require. Injected by its source text; the
 * binding `__standIn` is the way to the main process.
 */
export function isolatedWorld(codec: Codec, packer: Packer, info: PageInfo, preload: Preload): void {
  const globals = globalThis as unknown as WorldGlobals;
  const post = globals.__standIn;
  delete globals.__standIn;
  if (window !== window.top || location.href === 'about:blank' || !post) return;

  let lastId = 0;
  const listeners = new Map<string, Map<Listener, boolean>>();
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const send = (message: ToMain): void => post(codec.encode(message));
  const unsupported = (name: string) => () => {
    throw new Error(`stand-in: ${name} is not implemented`);
  };
  const add = (channel: string, listener: Listener, isOnce: boolean) => {
    const known = listeners.get(channel) ?? new Map<Listener, boolean>();
    listeners.set(channel, known.set(listener, isOnce));
    return ipcRenderer;
  };
  const remove = (channel: string, listener: Listener) => {
    listeners.get(channel)?.delete(listener);
    return ipcRenderer;
  };
  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        send({ kind: 'invoke', id, channel, args });
        pending.set(id, { resolve, reject });
      }),
    send: (channel: string, ...args: unknown[]) => send({ kind: 'send', channel, args }),
    sendSync: unsupported('ipcRenderer.sendSync'),
    postMessage: unsupported('ipcRenderer.postMessage'),
    on: (channel: string, listener: Listener) => add(channel, listener, false),
    addListener: (channel: string, listener: Listener) => add(channel, listener, false),
    once: (channel: string, listener: Listener) => add(channel, listener, true),
    off: remove,
    removeListener: remove,
    removeAllListeners: (channel?: string) => {
      if (channel === undefined) listeners.clear();
      else listeners.delete(channel);
      return ipcRenderer;
    },
  };
  const receive = (message: ToPage): void => {
    if (message.kind === 'event') {
      for (const [listener, isOnce] of [...(listeners.get(message.channel) ?? [])]) {
        if (isOnce) remove(message.channel, listener);
        listener({ sender: ipcRenderer, ports: [] }, ...message.args);
      }
      return;
    }
    const call = pending.get(message.id);
    pending.delete(message.id);
    if (message.kind === 'result') call?.resolve(message.value);
    else call?.reject(new Error(`Error invoking remote method '${message.channel}': ${message.message}`));
  };
  globals.__standInReceive = (batch) => {
    for (const raw of batch) receive(codec.revive(raw) as ToPage);
  };

  // Calls between worlds are DOM events, which are synchronous; Chromium clones `detail` from world to world.
  const functions = new Map<number, Callable>();
  const say = (message: BridgeMessage) =>
    window.dispatchEvent(new CustomEvent(`${info.channel}-say`, { detail: message }));
  const settle = (id: number, promise: Promise<unknown>) =>
    promise.then(
      (value) => say({ kind: 'settled', id, ok: true, value: outward(value) }),
      (error: unknown) =>
        say({ kind: 'settled', id, ok: false, value: error instanceof Error ? error : new Error(String(error)) }),
    );
  const outward = (value: unknown): unknown =>
    packer.pack(
      value,
      (call) => {
        functions.set(++lastId, call);
        return lastId;
      },
      (promise) => {
        const id = ++lastId;
        void settle(id, promise);
        return id;
      },
    );
  const refuseNested = (): never => {
    throw new Error('stand-in: a function or promise in the argument of a callback is not implemented');
  };
  const inward = (value: unknown): unknown =>
    packer.unpack(
      value,
      (id) =>
        (...args) => {
          say({ kind: 'callback', id, args: args.map((each) => packer.pack(each, refuseNested, refuseNested)) });
        },
      refuseNested,
    );
  window.addEventListener(`${info.channel}-call`, (event) => {
    const { id, functionId, args } = (event as CustomEvent<BridgeCall>).detail;
    try {
      say({ kind: 'returned', id, ok: true, value: outward(functions.get(functionId)?.(...args.map(inward))) });
    } catch (error) {
      say({ kind: 'returned', id, ok: false, value: error });
    }
  });

  const electron = {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld: (key: string, api: unknown) => say({ kind: 'expose', key, value: outward(api) }),
      executeInMainWorld: unsupported('contextBridge.executeInMainWorld'),
    },
    webFrame: { setZoomFactor: unsupported('webFrame.setZoomFactor'), getZoomFactor: () => 1 },
  };
  const { platform, arch, versions, argv } = info;
  const sandboxedProcess = {
    type: 'renderer',
    platform,
    arch,
    versions,
    argv,
    env: {},
    sandboxed: true,
    contextIsolated: true,
  };
  const module = { exports: {} };
  const requireElectron = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name}`);
  };
  preload(requireElectron, module, module.exports, sandboxedProcess);
}
