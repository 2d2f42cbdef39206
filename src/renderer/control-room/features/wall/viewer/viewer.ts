import type { HubClient } from '../../../../../common/contract/client';
import { type Peer, type PeerMessage, toPeer, toPeerMessage } from '../../../../../common/wire/sharing';
import { useShareStore } from '../../../stores/share-store';
import { toJpegBlob } from '../base64';
import { type Demand, LiveShare } from './live-share';
import { PlainOffers } from './plain-offers';

/** How a phone that is out of reach may stay away before its tile goes: a hub restarts within. */
const LOST_FOR_MS = 30_000;
/** More than a wall shows, and a bound on what hostile peers can make this page hold. */
const SHARE_LIMIT = 64;

type Relayed = Extract<PeerMessage, { readonly from: string }>;

/** The control room as a peer of `/signaling`: takes every share offered to it and keeps the share store true. */
export class Viewer {
  #client: HubClient | null = null;
  #peers = new Map<string, Peer>();
  #ownPeerId = '';
  #offLan: readonly string[] = [];
  /** What came before the answer to `signaling.join`; null once that is here. */
  #waiting: unknown[] | null = null;
  readonly #shares = new Map<string, LiveShare>();
  readonly #plain = new PlainOffers();
  /** What places show, for shares that come later too. */
  readonly #demands = new Map<string, Map<string, Demand>>();

  constructor() {
    setInterval(() => void this.#tick(), 1_000);
  }

  /** Joins over a fresh link to the hub. What was shown goes on: pictures do not come through the hub. */
  async attach(client: HubClient): Promise<void> {
    this.#client = client;
    client.on('signaling.message', ({ message }) => {
      if (this.#client !== client) return;
      if (this.#waiting) this.#waiting.push(message);
      else this.#receive(message);
    });
    await this.#join(client);
  }

  /** What one place shows of a share; null: nothing any more. */
  demand(shareId: string, place: string, demand: Demand | null): void {
    const places = this.#demands.get(shareId) ?? new Map<string, Demand>();
    if (demand) places.set(place, demand);
    else places.delete(place);
    if (places.size > 0) this.#demands.set(shareId, places);
    else this.#demands.delete(shareId);
    this.#shares.get(shareId)?.demand(place, demand);
  }

  async #join(client: HubClient): Promise<void> {
    this.#plain.clear();
    for (const share of this.#shares.values()) share.lost();
    this.#waiting = [];
    const { peerId, peers, offLan } = await client.request('signaling.join', {});
    this.#ownPeerId = peerId;
    this.#offLan = offLan;
    this.#peers = new Map();
    for (const peer of peers) this.#met(toPeer(peer));
    const waiting = this.#waiting;
    this.#waiting = null;
    for (const message of waiting) this.#receive(message);
  }

  #receive(raw: unknown): void {
    const message = toPeerMessage(raw);
    if (!message) return;
    // This page did nothing for too long, and the hub let it go.
    if (message.type === 'error' && message.code === 'too_slow' && this.#client) void this.#join(this.#client);
    else if (message.type === 'peers') for (const peer of message.peers) this.#met(peer);
    else if (message.type === 'peer-joined') this.#met(message.peer);
    else if (message.type === 'peer-left') this.#left(message.peerId);
    else if (message.type === 'answered') this.#leave(message.peerId);
    else if ('from' in message) this.#relayed(message);
  }

  #relayed(message: Relayed): void {
    const { from } = message;
    const share = this.#shareOf(from);
    switch (message.type) {
      case 'offer':
        this.#offered(message);
        break;
      case 'ice-candidate':
        if (share) share.found(message.candidate);
        else this.#held(from, message);
        break;
      case 'snapshot':
        share?.snapshot(toJpegBlob(message.jpeg));
        break;
      case 'share-ended':
        if (share) this.#end(share);
        break;
      case 'claimed':
        if (this.#peers.get(from)?.operator) this.#leave(message.peerId);
        break;
      case 'answer':
      case 'want':
        break;
    }
  }

  #offered(message: Extract<Relayed, { readonly type: 'offer' | 'answer' }>): void {
    const { from, description, connection, isBroadcast, isWhip } = message;
    const peer = this.#peers.get(from) ?? { ...STRANGER, peerId: from };
    const take = (): void => {
      const share = this.#shareOf(from) ?? this.#begin(peer, isWhip || peer.source === 'whip');
      share?.offered(description, connection);
      for (const candidate of this.#early.get(from) ?? []) share?.found(candidate.candidate);
      this.#early.delete(from);
    };
    const isPlain = isBroadcast && peer.role === null && !isWhip && peer.source !== 'whip';
    // One we have taken already goes on with us.
    if (!isPlain || this.#shareOf(from)) {
      take();
      return;
    }
    this.#early.delete(from);
    this.#plain.offered(from, this.#turn(), () => {
      for (const other of this.#operators()) this.#send({ type: 'claimed', to: other.peerId, peerId: from });
      take();
    });
  }

  /** Candidates of an offer that waits, or has yet to come. */
  readonly #early = new Map<string, Extract<Relayed, { readonly type: 'ice-candidate' }>[]>();

  #held(from: string, message: Extract<Relayed, { readonly type: 'ice-candidate' }>): void {
    const held = this.#early.get(from) ?? [];
    if (held.length < 64 && this.#early.size < SHARE_LIMIT) this.#early.set(from, [...held, message]);
  }

  #operators(): readonly Peer[] {
    return [...this.#peers.values()].filter(({ operator, role }) => operator && role === 'viewer');
  }

  #turn(): number {
    return this.#operators().filter(({ peerId }) => peerId < this.#ownPeerId).length;
  }

  #met(peer: Peer | null): void {
    if (!peer || peer.peerId === this.#ownPeerId) return;
    this.#peers.set(peer.peerId, peer);
    if (peer.role !== 'sharer') return;
    const share = this.#shares.get(shareIdOf(peer));
    if (share) share.met(peer);
    else this.#begin(peer, peer.source === 'whip');
  }

  /** Its offer is somebody else's. */
  #leave(peerId: string): void {
    this.#plain.forget(peerId);
    this.#early.delete(peerId);
  }

  #left(peerId: string): void {
    this.#peers.delete(peerId);
    this.#leave(peerId);
    const share = this.#shareOf(peerId);
    if (!share) return;
    // A phone comes back under another id; a page that is no phone of ours would be a stranger.
    if (share.shareId === peerId) this.#end(share);
    else share.lost();
  }

  #begin(peer: Peer, isWhip: boolean): LiveShare | null {
    if (this.#shares.size >= SHARE_LIMIT) return null;
    const shareId = shareIdOf(peer);
    const share = new LiveShare(peer, {
      shareId,
      source: isWhip ? 'whip' : 'webrtc',
      offLan: () => this.#offLan,
      send: (message) => this.#send(message),
      changed: (view) => useShareStore.getState().put(view),
    });
    this.#shares.set(shareId, share);
    for (const [place, demand] of this.#demands.get(shareId) ?? []) share.demand(place, demand);
    return share;
  }

  #end(share: LiveShare): void {
    share.close();
    this.#shares.delete(share.shareId);
    useShareStore.getState().remove(share.shareId);
  }

  #shareOf(peerId: string): LiveShare | null {
    for (const share of this.#shares.values()) if (share.peerId === peerId) return share;
    return null;
  }

  #send(message: Readonly<Record<string, unknown>>): void {
    const client = this.#client;
    // What is said over a link that has gone is said again on the next.
    client?.request('signaling.send', { message }).catch(() => undefined);
  }

  async #tick(): Promise<void> {
    const nowMs = performance.now();
    for (const share of this.#shares.values()) {
      await share.tick();
      if (share.lostForMs(nowMs) > LOST_FOR_MS && !share.isMoving) this.#end(share);
    }
  }
}

const STRANGER: Omit<Peer, 'peerId'> = {
  role: null,
  name: null,
  kind: null,
  operator: false,
  admin: false,
  deviceId: null,
  fromAddress: null,
  toAddress: null,
  source: 'webrtc',
};

/** A phone is the same when it comes back; anybody else only as long as it stays. */
const shareIdOf = ({ deviceId, peerId, source }: Peer): string =>
  deviceId === null ? peerId : `${source === 'whip' ? 'whip' : 'phone'}:${deviceId}`;

/** The viewer of this page. */
export const viewer: Viewer = new Viewer();
