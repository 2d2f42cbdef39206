import type { SessionRecord } from './rows';
import type { LogRange, ReadStatements } from './statements/read-statements';
import type { FrameSelection } from './store';
import { StoreError } from './store-error';

/** A selection with its names looked up. */
export interface ResolvedSelection {
  readonly range: LogRange;
  /** null for all sessions. */
  readonly session: SessionRecord | null;
}

/**
 * From names and optional bounds to row ids: a session, and a time, is a span of the log.
 * @throws StoreError not_found
 */
export function resolveSelection(reads: ReadStatements, selection: FrameSelection): ResolvedSelection {
  const session = findSession(reads, selection.sessionId ?? null);
  const device = findDevice(reads, selection.deviceId ?? null);
  const span = session === null ? null : reads.sessionSpan.get(session.session);
  const fromMs = Math.max(selection.fromMs ?? -Infinity, span?.fromMs ?? -Infinity);
  const toMs = Math.min(selection.toMs ?? Infinity, span?.toMs ?? Infinity);
  return {
    session,
    range: {
      session: session?.session ?? null,
      device,
      firstFrameId: fromMs === -Infinity ? 1 : firstFrameIdFrom(reads, fromMs),
      // Times are whole milliseconds.
      lastFrameId:
        toMs === Infinity ? (reads.lastFrameId.get() ?? 0) : firstFrameIdFrom(reads, Math.floor(toMs) + 1) - 1,
    },
  };
}

/** The first frame received at a time or later, or the id after the last: frames are in the order of both. */
function firstFrameIdFrom(reads: ReadStatements, atMs: number): number {
  let low = reads.firstFrameId.get() ?? 1;
  let high = (reads.lastFrameId.get() ?? 0) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const frame = reads.frameFrom.get(middle);
    if (frame === undefined || frame.receivedAtMs >= atMs) high = middle;
    else low = frame.frameId + 1;
  }
  return low;
}

/** Frames in a selection, as the counters say it; null: they don't, it is to be counted. */
export function countFrames(
  reads: ReadStatements,
  selection: FrameSelection,
  { range }: ResolvedSelection,
): number | null {
  const { session, device } = range;
  const isWhole = (selection.fromMs ?? null) === null && (selection.toMs ?? null) === null;
  if (!isWhole) return null;
  if (device !== null && session !== null) return reads.framesOfDeviceInSession.get(device, session) ?? 0;
  if (device !== null) return reads.framesOfDevice.get(device) ?? 0;
  if (session !== null) return reads.framesOfSession.get(session) ?? 0;
  return reads.framesInAll.get() ?? 0;
}

/** @throws StoreError not_found */
export function findSession(reads: ReadStatements, sessionId: string | null): SessionRecord | null {
  if (sessionId === null) return null;
  const found = sessionId === 'latest' ? reads.currentSession.get() : reads.sessionById.get(sessionId);
  if (!found) throw new StoreError('not_found', `There is no session "${sessionId}".`);
  return found;
}

/** @returns the row id. @throws StoreError not_found */
export function findDevice(reads: ReadStatements, deviceId: string | null): number | null {
  if (deviceId === null) return null;
  const found = reads.deviceById.get(deviceId);
  if (found === undefined) throw new StoreError('not_found', `There is no device "${deviceId}".`);
  return found;
}
