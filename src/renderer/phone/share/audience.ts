import type { ShareKind } from '../../../common/model/share';
import type { Peer, PeerMessage, Wish } from '../../../common/wire/sharing';
import { SharerLink } from './sharer-link';

export interface AudienceOptions {
  readonly kind: ShareKind;
  stream(): MediaStream;
  send(message: object): void;
  sourceSize(): { readonly width: number; readonly height: number };
  /** Somebody came or went, or wants something else. */
  changed(): void;
  /** Every operator who watched has sent it away. */
  sentAway(): void;
}

/** How long the connections of before a lost socket go on beside the new ones: a picture is better than none. */
const OVERLAP_MS = 10_000;

/** The operators who watch: one connection each, and none for anybody else. */
export class Audience {
  readonly #options: AudienceOptions;
  #links = new Map<string, SharerLink>();
  /** Of the socket before this one. */
  #old: SharerLink[] = [];
  /** Until when they go on beside the new ones; null: the hub is out of reach still, and they are all there is. */
  #oldUntilMs: number | null = null;
  /** Operators who want none of it: they are not offered it again. */
  readonly #done = new Set<string>();

  constructor(options: AudienceOptions) {
    this.#options = options;
  }

  get wishes(): readonly Wish[] {
    return [...this.#links.values()].map(({ wish }) => wish);
  }

  /** Who wants pictures over the socket. */
  get snapshotPeers(): readonly string[] {
    return [...this.#links].flatMap(([peerId, { wish }]) =>
      wish.mode === 'snapshots' && wish.fps > 0 && wish.height > 0 ? [peerId] : [],
    );
  }

  /** Those whom the share reaches, whichever way. */
  get watchers(): number {
    return [...this.#links.values()].filter((link) => link.isConnected || link.wish.mode === 'snapshots').length;
  }

  received(message: PeerMessage): void {
    if (message.type === 'peers') for (const peer of message.peers) this.#joined(peer);
    else if (message.type === 'peer-joined') this.#joined(message.peer);
    else if (message.type === 'peer-left') this.#left(message.peerId);
    else if ('from' in message) this.#relayed(message);
  }

  /** The socket is gone, and with it every peer's name for us; the pictures may still flow. Told of every failed attempt. */
  lost(): void {
    if (this.#links.size === 0) return;
    const links = [...this.#links.values()];
    this.#links = new Map();
    this.#oldUntilMs = null;
    // Those that never came up replace nothing.
    const isNewer = this.#old.length === 0 || links.some(({ isConnected }) => isConnected);
    const [kept, gone] = isNewer ? [links, this.#old] : [this.#old, links];
    for (const link of gone) link.close();
    for (const link of kept) link.retire();
    this.#old = kept;
  }

  replace(stream: MediaStream): void {
    for (const link of this.#links.values()) link.replace(stream);
  }

  limit(): void {
    for (const link of this.#links.values()) link.limit();
  }

  /** Called once a second. */
  tick(): void {
    for (const link of this.#links.values()) link.tick();
    const isReplaced = [...this.#links.values()].some(({ isConnected }) => isConnected);
    if (this.#old.length === 0 || this.#links.size === 0) return;
    this.#oldUntilMs ??= performance.now() + OVERLAP_MS;
    if (!isReplaced && performance.now() < this.#oldUntilMs) return;
    for (const link of this.#old) link.close();
    this.#old = [];
  }

  close(): void {
    for (const [peerId, link] of this.#links) {
      this.#options.send({ type: 'share-ended', to: peerId });
      link.close();
    }
    for (const link of this.#old) link.close();
    this.#links.clear();
    this.#old = [];
  }

  #joined(peer: Peer): void {
    if (!peer.operator || peer.role !== 'viewer' || this.#links.has(peer.peerId)) return;
    if (this.#done.has(peer.peerId)) {
      // Our name is new to them, the share is not.
      this.#options.send({ type: 'share-ended', to: peer.peerId });
      return;
    }
    const options = this.#options;
    const link = new SharerLink({
      kind: options.kind,
      stream: options.stream(),
      send: (message) => options.send({ ...message, to: peer.peerId }),
      sourceSize: () => options.sourceSize(),
    });
    this.#links.set(peer.peerId, link);
    options.changed();
  }

  #left(peerId: string): void {
    this.#done.delete(peerId);
    this.#links.get(peerId)?.close();
    if (this.#links.delete(peerId)) this.#options.changed();
  }

  #relayed(message: Extract<PeerMessage, { readonly from: string }>): void {
    // Only those we offered to: whoever else speaks is not watching.
    const link = this.#links.get(message.from);
    if (!link) return;
    if (message.type === 'answer') link.answered(message.description, message.connection, message.offerNumber);
    else if (message.type === 'ice-candidate') link.found(message.candidate, message.connection);
    else if (message.type === 'want') {
      link.wants(message);
      this.#options.changed();
    } else if (message.type === 'bye') this.#sentAway(message.from);
  }

  /** One operator ends it for themselves; when it was the last, there is nobody to share with. */
  #sentAway(peerId: string): void {
    this.#left(peerId);
    this.#done.add(peerId);
    if (this.#links.size === 0) this.#options.sentAway();
  }
}
