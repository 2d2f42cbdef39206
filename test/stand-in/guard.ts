/** What Electron has and the stand-in lacks: reading it is harmless, calling it throws. */
export function notImplemented(name: string): object {
  return new Proxy(() => {}, {
    get: (_target, key) => (isQuietKey(key) ? undefined : notImplemented(`${name}.${String(key)}`)),
    apply: () => {
      throw new Error(`stand-in: ${name}() is not implemented`);
    },
    construct: () => {
      throw new Error(`stand-in: new ${name}() is not implemented`);
    },
  });
}

/** The object itself, where each member it lacks throws "not implemented" when called. */
export function guard<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get: (object, key) => {
      if (!(key in object)) return isQuietKey(key) ? undefined : notImplemented(`${name}.${String(key)}`);
      const value: unknown = Reflect.get(object, key, object);
      // Private fields live on the object, not on its proxy.
      return typeof value === 'function' ? (value.bind(object) as unknown) : value;
    },
    set: (object, key, value) => Reflect.set(object, key, value, object),
  });
}

/** Keys that the language or Node's inspector look up by themselves: a promise check must not find a function. */
function isQuietKey(key: string | symbol): boolean {
  return typeof key === 'symbol' || key === 'then' || key === 'toJSON' || key.startsWith('_');
}

/** An event a listener may prevent. */
export interface CancellableEvent {
  defaultPrevented: boolean;
  preventDefault(): void;
}

export function cancellable<T extends object>(extra: T): CancellableEvent & T {
  const event: CancellableEvent & T = {
    ...extra,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}
