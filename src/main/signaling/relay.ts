import { performance } from 'node:perf_hooks';
import type { HubSignal } from '../../common/wire/signaling';
import { SIGNALING_LIMITS } from '../../common/wire/signaling';
import { AddressGates } from './address-gates';
import { parseHello } from './hello';
import { type Incoming, parseIncoming, SignalingFault, type SignalObject, toIncoming } from './incoming';
import { KeptOffers } from './kept-offers';
import { type Hello, isControlRoom, type Member, toPeer } from './member';
import { Outgoing } from './outgoing';
import { checkOwnSdp } from './own-sdp';
import { RateGate } from './rate-gate';

const HELLOS = { messages: SIGNALING_LIMITS.hellosPerSecond, bytes: Infinity };

/** Where the relay logs; pino's shape. */
export interface RelayLog {
  debug(detail: object, message: string): void;
  info(detail: object, message: string): void;
}

/** Takes each message to whom it is for. Knows nothing of sockets. All of it happens at once, so a sender's order is kept. */
export class Relay {
  readonly #log: RelayLog;
  readonly #members = new Map<string, Member>();
  /** Those who said hello, and are told of others. */
  readonly #watching = new Set<Member>();
  readonly #kept = new KeptOffers();
  readonly #addresses = new AddressGates();

  constructor(log: RelayLog) {
    this.#log = log;
  }

  /** From now on it is sent what is for it. */
  enter(member: Member): void {
    this.#members.set(member.peerId, member);
    if (member.hello) this.#watching.add(member);
    this.#tellOf(member, (isOperator) => ({ type: 'peer-joined', ...toPeer(member, isOperator) }));
  }

  /** Safe for one that has left. */
  leave(member: Member): void {
    if (!this.#members.delete(member.peerId)) return;
    this.#watching.delete(member);
    this.#kept.forget(member.peerId);
    this.#tellOf(member, () => ({ type: 'peer-left', peerId: member.peerId }));
  }

  isIn(member: Member): boolean {
    return this.#members.get(member.peerId) === member;
  }

  members(): Iterable<Member> {
    return this.#members.values();
  }

  /** Takes a message as it came over a socket. */
  receive(from: Member, bytes: Buffer): void {
    this.#take(from, bytes.length, () => parseIncoming(bytes));
  }

  /** Takes a message that is an object already. */
  receiveObject(from: Member, message: SignalObject): void {
    this.#take(from, 0, () => toIncoming(message));
  }

  /** A message of the hub's own to everybody. */
  broadcastToAll(message: SignalObject): void {
    this.#toAll(Outgoing.of(message), null);
  }

  #take(from: Member, bytes: number, parse: () => Incoming): void {
    if (!this.isIn(from)) return;
    try {
      const nowMs = performance.now();
      from.gate ??= new RateGate();
      const mayPass = from.gate.take(bytes, nowMs) && this.#addresses.take(from.origin.address, bytes, nowMs);
      if (!mayPass) throw tooFast('messages or bytes');
      const incoming = parse();
      const hello = parseHello(incoming);
      if (hello) this.#helloInTime(from, hello, nowMs);
      else this.#pass(from, incoming, nowMs);
    } catch (error) {
      if (!(error instanceof SignalingFault)) throw error;
      this.#log.debug({ code: error.code, from: from.peerId }, 'refused a signaling message');
      from.deliver(Outgoing.of({ type: 'error', code: error.code, message: error.message } satisfies HubSignal));
    }
  }

  #pass(from: Member, incoming: Incoming, nowMs: number): void {
    checkOwnSdp(incoming);
    const { to } = incoming.message;
    const outgoing = Outgoing.relayed(incoming, from.peerId);
    let recipients = 1;
    if (to === undefined || to === null) {
      const { length } = incoming.bytes;
      if (!this.#addresses.takeToAll(from.origin.address, length, nowMs)) throw tooFast('messages to all');
      this.#kept.broadcast(from.peerId, incoming, outgoing);
      recipients = this.#toAll(outgoing, from);
    } else {
      const receiver = typeof to === 'string' ? this.#members.get(to) : undefined;
      if (!receiver || receiver === from) {
        const error: HubSignal = { type: 'error', code: 'unknown_peer', message: 'there is no such peer' };
        // What it sent itself, so that it knows which; never longer than a message.
        from.deliver(Outgoing.of(typeof to === 'string' ? { ...error, to } : error));
        return;
      }
      receiver.deliver(outgoing);
    }
    if (incoming.type === 'answer') this.#answered(from, typeof to === 'string' ? to : null);
    this.#log.debug({ messageLength: incoming.bytes.length, recipients }, 'relayed');
  }

  /** The rooms wait for this: a plain offer is theirs only while nobody has answered it. */
  #answered(from: Member, to: string | null): void {
    for (const peerId of this.#kept.answered(from.peerId, to)) {
      const signal = answeredSignal(peerId);
      for (const watcher of this.#watching) if (watcher !== from && isControlRoom(watcher)) watcher.deliver(signal);
    }
  }

  #toAll(outgoing: Outgoing, from: Member | null): number {
    let recipients = 0;
    for (const member of this.#members.values()) {
      if (member === from || !member.hearsAll) continue;
      member.deliver(outgoing);
      recipients += 1;
    }
    return recipients;
  }

  /** Each costs as much as there are peers. */
  #helloInTime(member: Member, hello: Hello, nowMs: number): void {
    member.helloGate ??= new RateGate(1, HELLOS);
    const { address } = member.origin;
    const mayPass = member.helloGate.take(0, nowMs) && this.#addresses.takeToAll(address, 0, nowMs);
    if (!mayPass) throw tooFast('hellos');
    this.#hello(member, hello);
  }

  #hello(member: Member, hello: Hello): void {
    const { role, name, kind } = member.hello ?? {};
    const wasViewer = role === 'viewer';
    const isNews = role !== hello.role || name !== hello.name || kind !== hello.kind;
    member.hello = hello;
    const peers = this.peersFor(member);
    member.deliver(Outgoing.of({ type: 'peers', peers } satisfies HubSignal));
    if (hello.role === 'viewer' && !wasViewer) this.replayTo(member);
    this.#watching.add(member);
    if (isNews) this.#tellOf(member, (isOperator) => ({ type: 'peer-joined', ...toPeer(member, isOperator) }));
  }

  /** All others that this member is told of. */
  peersFor(member: Member): ReturnType<typeof toPeer>[] {
    const { isOperator } = member.origin;
    const others = [...this.#members.values()].filter((other) => other !== member && (isOperator || other.hello));
    return others.map((other) => toPeer(other, isOperator));
  }

  /** Gives a viewer the offers that went to all before it came; a control room is told which have been answered too. */
  replayTo(viewer: Member): void {
    for (const outgoing of this.#kept.except(viewer.peerId)) viewer.deliver(outgoing);
    if (!isControlRoom(viewer)) return;
    for (const peerId of this.#kept.answeredPeers) viewer.deliver(answeredSignal(peerId));
  }

  /** Operators are told of everybody, others of those who said hello. At most two texts, however many are told. */
  #tellOf(member: Member, signal: (isOperator: boolean) => HubSignal): void {
    const toOperators = Outgoing.of(signal(true));
    const toOthers = Outgoing.of(signal(false));
    for (const watcher of this.#watching) {
      if (watcher === member) continue;
      if (watcher.origin.isOperator) watcher.deliver(toOperators);
      else if (member.hello) watcher.deliver(toOthers);
    }
  }
}

const tooFast = (what: string): SignalingFault =>
  new SignalingFault('rate_limited', `too many ${what} in a second; this one was dropped`);

const answeredSignal = (peerId: string): Outgoing => Outgoing.of({ type: 'answered', peerId } satisfies HubSignal);
