import type { BridgeMessage, PageInfo } from './messages.ts';
import type { Callable, Packer } from './packer.ts';

/** The page's own world, before its scripts: receives what the preload exposes; its popups have no opener. Injected by its source text. */
export function mainWorld(packer: Packer, info: PageInfo): void {
  if (window !== window.top || location.href === 'about:blank') return;
  let lastId = 0;
  const returned = new Map<number, { ok: boolean; value: unknown }>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  const callbacks = new Map<number, Callable>();
  const callbackIds = new WeakMap<Callable, number>();

  const freeze = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
      Object.values(value).forEach(freeze);
      Object.freeze(value);
    }
    return value;
  };
  const idOfCallback = (callback: Callable): number => {
    const id = callbackIds.get(callback) ?? ++lastId;
    callbackIds.set(callback, id);
    callbacks.set(id, callback);
    return id;
  };
  const refusePromise = (): never => {
    throw new Error('stand-in: a promise as an argument of a bridged function is not implemented');
  };
  const inward = (value: unknown): unknown =>
    packer.unpack(
      value,
      (functionId) =>
        (...args) =>
          call(functionId, args),
      (id) => new Promise((resolve, reject) => promises.set(id, { resolve, reject })),
    );
  const call = (functionId: number, values: unknown[]): unknown => {
    const id = ++lastId;
    const args = values.map((each) => packer.pack(each, idOfCallback, refusePromise));
    window.dispatchEvent(new CustomEvent(`${info.channel}-call`, { detail: { id, functionId, args } }));
    const answer = returned.get(id);
    returned.delete(id);
    if (!answer) throw new Error('stand-in: the preload is gone');
    if (!answer.ok) throw answer.value;
    return inward(answer.value);
  };
  const expose = (key: string, value: unknown): void => {
    if (key in globalThis) {
      throw new Error(`Cannot bind an API on top of an existing property on the window object: ${key}`);
    }
    Object.defineProperty(globalThis, key, { value: freeze(inward(value)), enumerable: true });
  };

  window.addEventListener(`${info.channel}-say`, (event) => {
    const message = (event as CustomEvent<BridgeMessage>).detail;
    switch (message.kind) {
      case 'expose':
        expose(message.key, message.value);
        break;
      case 'returned':
        returned.set(message.id, message);
        break;
      case 'settled': {
        const promise = promises.get(message.id);
        promises.delete(message.id);
        if (message.ok) promise?.resolve(inward(message.value));
        else promise?.reject(message.value);
        break;
      }
      case 'callback':
        callbacks.get(message.id)?.(...message.args.map(inward));
    }
  });
  // A refused popup gives null. With an opener it would share this page's process, and stop it while it is closed.
  const open = window.open.bind(window);
  window.open = (url, name, features) => {
    open(url, name, features ? `${features},noopener` : 'noopener');
    return null;
  };
}
