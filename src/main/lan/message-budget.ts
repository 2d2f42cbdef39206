import type { WebSocket } from 'ws';
import { CLOSE } from '../../common/wire/close-codes';
import { LIMITS } from '../../common/wire/limits';
import type { LanLog, MessageLimits } from './lan';
import type { Seat } from './seats';
import { turnAway } from './turn-away';
import { dropUnfinished, unfinishedBytes } from './unfinished-message';

/** As settled in docs/wire-protocol.md, section 3. A look at 10,000 sockets that are between messages takes some 2 ms. */
export const MESSAGE_LIMITS: MessageLimits = { bytes: LIMITS.unfinishedBytes, lookMs: 1_000, hurryMs: 100 };

/** The process has grown by so much since the last look: it is time for another. */
const GROWN_BYTES = 32 * 1024 * 1024;

type Sockets = Iterable<readonly [WebSocket, Seat]>;

interface MessageBudgetParts {
  /** Those that have not shown a key yet. */
  waiting(): Sockets;
  seated(): Sockets;
  readonly log: LanLog;
}

/** Who holds how much. `rank`: whose messages we can do without go first. */
interface Holder {
  readonly socket: WebSocket;
  readonly seat: Seat;
  readonly bytes: number;
  readonly rank: number;
}

/**
 * Holds what is half received on all sockets within one budget of memory. Nothing is counted while messages come: all sockets
 * are looked at now and then, and over the budget some are closed (1013). First those without a key, the operator's last; among
 * the same, of the address that holds most the one that holds most. @returns stops it
 */
export function keepMessageBudget(parts: MessageBudgetParts, limits: MessageLimits): () => void {
  let lookedAtMs = 0;
  let grownTo = 0;
  let isHalfFull = false;
  const look = (): void => {
    lookedAtMs = performance.now();
    grownTo = process.memoryUsage.rss() + GROWN_BYTES;
    let bytes = 0;
    for (const [socket] of parts.waiting()) bytes += unfinishedBytes(socket);
    for (const [socket] of parts.seated()) bytes += unfinishedBytes(socket);
    if (bytes > limits.bytes) bytes = makeRoom(parts, bytes, limits.bytes);
    isHalfFull = bytes > limits.bytes / 2;
  };
  const timer = setInterval(() => {
    const isTime = performance.now() - lookedAtMs >= limits.lookMs;
    if (isTime || isHalfFull || process.memoryUsage.rss() > grownTo) look();
  }, limits.hurryMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** @returns bytes that are left */
function makeRoom(parts: MessageBudgetParts, bytes: number, limit: number): number {
  const holders = [
    ...holdersAmong(parts.waiting(), () => 0),
    ...holdersAmong(parts.seated(), ({ identity }) => rankOf(identity)),
  ];
  const ofAddress = new Map<string, number>();
  for (const { seat, bytes: own } of holders) ofAddress.set(seat.address, (ofAddress.get(seat.address) ?? 0) + own);
  const sumOf = ({ seat }: Holder): number => ofAddress.get(seat.address) ?? 0;
  holders.sort((a, b) => a.rank - b.rank || sumOf(b) - sumOf(a) || b.bytes - a.bytes);
  let left = bytes;
  let closed = 0;
  for (const { socket, seat, bytes: own } of holders) {
    if (left <= limit) break;
    turnAway(socket, seat.raw, CLOSE.tryAgainLater, 'Too much is being sent to the hub at once');
    dropUnfinished(socket);
    left -= own;
    closed += 1;
  }
  parts.log.warn({ bytes, closed }, 'too many messages are half received: sockets were closed');
  return left;
}

function holdersAmong(sockets: Sockets, rankIn: (seat: Seat) => number): Holder[] {
  const holders: Holder[] = [];
  for (const [socket, seat] of sockets) {
    const bytes = unfinishedBytes(socket);
    if (bytes > 0) holders.push({ socket, seat, bytes, rank: rankIn(seat) });
  }
  return holders;
}

function rankOf(identity: Seat['identity']): number {
  if (identity === null) return 1;
  return identity.kind === 'join' || identity.kind === 'device' ? 2 : 3;
}
