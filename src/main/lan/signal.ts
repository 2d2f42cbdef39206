import type { Unsubscribe } from './lan';

/** One kind of event and its listeners. */
export interface Signal<Args extends readonly unknown[]> {
  readonly emit: (...args: Args) => void;
  readonly on: (listener: (...args: Args) => void) => Unsubscribe;
}

export function createSignal<Args extends readonly unknown[]>(): Signal<Args> {
  const listeners = new Set<(...args: Args) => void>();
  return {
    emit: (...args) => {
      for (const listener of listeners) listener(...args);
    },
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
