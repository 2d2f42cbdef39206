import type { Peer } from '../../../../../common/wire/sharing';

/** Who watches and may take what a page of others offers. */
type Watcher = Pick<Peer, 'peerId' | 'admin'>;

/**
 * How many others are to answer a page's offer before this control room. Those that may record and end shares come first;
 * programs of others with a viewer key last. Among equals the hub's random names decide, in each the same way.
 */
export function turnOf(own: Watcher, others: readonly Watcher[]): number {
  return others.filter((other) => isBefore(other, own)).length;
}

const isBefore = (one: Watcher, other: Watcher): boolean =>
  one.admin === other.admin ? one.peerId < other.peerId : one.admin;
