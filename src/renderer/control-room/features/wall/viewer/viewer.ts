import type { HubClient } from '../../../../../common/contract/client';
import { type Peer, type PeerMessage, toPeer, toPeerMessage } from '../../../../../common/wire/sharing';
import { useConnectionStore } from '../../../stores/connection-store';
import { useShareStore } from '../../../stores/share-store';
import { toJpegBlob } from '../base64';
import type { Demand } from './demands';
import { EarlyCandidates } from './early-candidates';
import { LiveShare } from './live-share';
import { OfferGate } from './offer-gate';
import { PlainOffers } from './plain-offers';
import { placeFor } from './share-places';
import { turnOf } from './turn';

/** How a phone that is out of reach may stay away before its tile goes: a hub restarts within. */
const LOST_FOR_MS = 30_000;

type Relayed = Extract<PeerMessage, { readonly from: string }>;

/** The control room as a peer of `/signaling`: takes every share offered to it and keeps the share store true. */
export class Viewer {
  #client: HubClient | null = null;
  #peers = new Map<string, Peer>();
  #ownPeerId = '';
  #offLan: readonly string[] = [];
  /** What came before the answer to `signaling.join`; null once that is here. */
  #waiting: unknown[] | null = null;
  #isTicking = false;
  /** The hub tells the operator's rooms from a viewer's; else none, this one too, may count itself before others. */
  #tellsAdmins = false;
  readonly #shares = new Map<string, LiveShare>();
  readonly #plain = new PlainOffers();
  readonly #gate = new OfferGate();
  readonly #early = new EarlyCandidates();
  /** Peers whose share was ended here: what they still send is not looked at. */
  readonly #ended = new Set<string>();
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

  /** Ends a share for this control room, and tells its sender; what that offers from here on is refused. */
  end(shareId: string): void {
    const share = this.#shares.get(shareId);
    if (!share) return;
    const { peerId } = share;
    this.#send({ type: 'bye', to: peerId });
    this.#close(share);
    this.#leave(peerId);
    this.#gate.forget(peerId);
    if (this.#peers.has(peerId)) this.#ended.add(peerId);
  }

  async #join(client: HubClient): Promise<void> {
    this.#plain.clear();
    this.#gate.clear();
    this.#early.clear();
    for (const share of this.#shares.values()) share.lost();
    this.#waiting = [];
    const { peerId, peers, offLan } = await client.request('signaling.join', {});
    this.#ownPeerId = peerId;
    this.#offLan = offLan;
    this.#peers = new Map();
    if (peers.some(({ admin }) => admin !== undefined)) this.#tellsAdmins = true;
    const present = peers.flatMap((peer) => toPeer(peer) ?? []);
    for (const ended of this.#ended) if (!present.some((peer) => peer.peerId === ended)) this.#ended.delete(ended);
    for (const peer of present) this.#met(peer);
    const waiting = this.#waiting;
    this.#waiting = null;
    for (const message of waiting) this.#receive(message);
  }

  #receive(raw: unknown): void {
    const message = toPeerMessage(raw);
    if (message?.type === 'peer-joined' && typeof raw === 'object' && raw && 'admin' in raw) this.#tellsAdmins = true;
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
    const peer = this.#peers.get(from);
    // The hub tells of everybody: whoever it has not told of is gone already.
    if (!peer || this.#ended.has(from)) return;
    const share = this.#shareOf(from);
    switch (message.type) {
      case 'offer':
        this.#offered(peer, message);
        break;
      case 'ice-candidate': {
        const { candidate, connection } = message;
        const isKnown = share !== null && !this.#gate.isWaiting(from) && share.found(candidate, connection);
        if (!isKnown) this.#early.put(from, candidate, connection);
        break;
      }
      case 'snapshot':
        share?.snapshot(toJpegBlob(message.jpeg));
        break;
      case 'share-ended':
        if (share) this.#close(share);
        break;
      case 'claimed':
        if (peer.operator) this.#leave(message.peerId);
        break;
      case 'answer':
      case 'want':
      case 'bye':
        break;
    }
  }

  #offered(peer: Peer, message: Extract<Relayed, { readonly type: 'offer' | 'answer' }>): void {
    const from = peer.peerId;
    const take = (): void => this.#gate.offered(from, () => this.#take(from, message));
    const isPlain = message.isBroadcast && peer.role === null && peer.source !== 'whip';
    // One we have taken already goes on with us.
    if (!isPlain || this.#shareOf(from)) {
      take();
      return;
    }
    this.#early.forget(from);
    this.#plain.offered(from, turnOf(this.#own(), this.#operators()), () => {
      for (const other of this.#operators()) this.#send({ type: 'claimed', to: other.peerId, peerId: from });
      take();
    });
  }

  #take(from: string, message: Extract<Relayed, { readonly type: 'offer' | 'answer' }>): void {
    const peer = this.#peers.get(from);
    const share = peer && (this.#shareOf(from) ?? this.#begin(peer));
    share?.offered(message);
    for (const { candidate, connection } of this.#early.take(from)) share?.found(candidate, connection);
  }

  #operators(): readonly Peer[] {
    return [...this.#peers.values()].filter(({ operator, role }) => operator && role === 'viewer');
  }

  #own(): Pick<Peer, 'peerId' | 'admin'> {
    return {
      peerId: this.#ownPeerId,
      admin: this.#tellsAdmins && useConnectionStore.getState().hello?.role === 'operator',
    };
  }

  #met(peer: Peer): void {
    if (peer.peerId === this.#ownPeerId) return;
    this.#peers.set(peer.peerId, peer);
    if (peer.role !== 'sharer' || this.#ended.has(peer.peerId)) return;
    const share = this.#shares.get(shareIdOf(peer));
    if (share) share.met(peer);
    else this.#begin(peer);
  }

  /** Its offer is somebody else's. */
  #leave(peerId: string): void {
    this.#plain.forget(peerId);
    this.#early.forget(peerId);
  }

  #left(peerId: string): void {
    this.#peers.delete(peerId);
    this.#ended.delete(peerId);
    this.#leave(peerId);
    this.#gate.forget(peerId);
    const share = this.#shareOf(peerId);
    if (!share) return;
    // A phone comes back under another id; a page that is no phone of ours would be a stranger.
    if (share.shareId === peerId) this.#close(share);
    else share.lost();
  }

  #begin(peer: Peer): LiveShare | null {
    const place = placeFor(
      peer,
      [...this.#shares.values()].map(({ placed }) => placed),
    );
    if (place.kind === 'none') return null;
    if (place.insteadOf !== null) this.end(place.insteadOf);
    const shareId = shareIdOf(peer);
    const share = new LiveShare(peer, {
      shareId,
      // The hub's word: what a peer says of itself is hostile.
      source: peer.source,
      offLan: () => this.#offLan,
      send: (message) => this.#send(message),
      changed: (view) => useShareStore.getState().put(view),
      over: () => this.end(shareId),
    });
    this.#shares.set(shareId, share);
    for (const [where, demand] of this.#demands.get(shareId) ?? []) share.demand(where, demand);
    return share;
  }

  #close(share: LiveShare): void {
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
    // The browser may take longer than a second to count.
    if (this.#isTicking) return;
    this.#isTicking = true;
    const nowMs = performance.now();
    for (const share of [...this.#shares.values()]) {
      await share.tick();
      if (this.#isThere(share) && share.lostForMs(nowMs) > LOST_FOR_MS && !share.isMoving) this.#close(share);
    }
    this.#isTicking = false;
  }

  /** Another may have taken its name while it was asked how it is. */
  #isThere(share: LiveShare): boolean {
    return this.#shares.get(share.shareId) === share;
  }
}

/** A phone is the same when it comes back; anybody else only as long as it stays. */
const shareIdOf = ({ deviceId, peerId, source }: Peer): string =>
  deviceId === null ? peerId : `${source === 'whip' ? 'whip' : 'phone'}:${deviceId}`;

/** The viewer of this page. */
export const viewer: Viewer = new Viewer();
