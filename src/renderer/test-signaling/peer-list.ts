import type { Peer } from '../../common/wire/signaling';
import type { Signal } from './connection';
import { byId } from './elements';

const list = byId('peers', HTMLUListElement);
const empty = byId('no-peers', HTMLParagraphElement);
const peers = new Map<string, Peer>();

/** Follows `peers`, `peer-joined` and `peer-left`. */
export function follow(message: Signal): void {
  if (message.type === 'peers') {
    peers.clear();
    for (const peer of message.peers as readonly Peer[]) peers.set(peer.peerId, peer);
  } else if (message.type === 'peer-joined') {
    const peer = message as unknown as Peer;
    peers.set(peer.peerId, peer);
  } else if (message.type === 'peer-left') peers.delete(String(message.peerId));
  else return;
  draw();
}

/** Nobody is known any more. */
export function forgetAll(): void {
  peers.clear();
  draw();
}

function draw(): void {
  const lines = [...peers.values()].map((peer) => {
    const line = document.createElement('li');
    const words = [peer.name ?? 'no name', peer.role ?? 'plain', peer.kind, peer.operator ? 'operator' : null];
    line.textContent = `${words.filter((word) => word !== null).join(' · ')} · ${peer.peerId}`;
    return line;
  });
  list.replaceChildren(...lines);
  empty.hidden = lines.length > 0;
}
