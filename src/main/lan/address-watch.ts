import type { NetworkAddress } from '../../common/model/network-address';
import { allAddresses, type InterfaceTable, offLanAddresses, rankAddresses } from './addresses';
import type { Unsubscribe } from './lan';

/** Knows this laptop's addresses as they change: no system tells Node of it, so it looks. */
export interface AddressWatch {
  readonly ranked: () => readonly NetworkAddress[];
  readonly all: () => readonly string[];
  /** See Lan.offLan. */
  readonly offLan: () => readonly string[];
  readonly onChanged: (listener: () => void) => Unsubscribe;
  readonly stop: () => void;
}

export function watchAddresses(readInterfaces: () => InterfaceTable, pollMs: number): AddressWatch {
  const listeners = new Set<() => void>();
  let table = readInterfaces();
  let ranked = rankAddresses(table);
  let all = allAddresses(table);
  const look = (): void => {
    table = readInterfaces();
    const now = allAddresses(table);
    const rankedNow = rankAddresses(table);
    if (now.join() === all.join() && JSON.stringify(rankedNow) === JSON.stringify(ranked)) return;
    all = now;
    ranked = rankedNow;
    for (const listener of listeners) listener();
  };
  const timer = setInterval(look, pollMs);
  timer.unref();
  return {
    ranked: () => ranked,
    all: () => all,
    offLan: () => offLanAddresses(table),
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => clearInterval(timer),
  };
}
