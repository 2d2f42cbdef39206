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
 * From names and optional bounds to row ids and a time range on the index: a session is a span of the log.
 * @throws StoreError not_found
 */
export function resolveSelection(reads: ReadStatements, selection: FrameSelection): ResolvedSelection {
  const session = findSession(reads, selection.sessionId ?? null);
  const device = findDevice(reads, selection.deviceId ?? null);
  const span = session === null ? null : reads.sessionSpan.get(session.session);
  return {
    session,
    range: {
      session: session?.session ?? null,
      device,
      fromMs: Math.max(selection.fromMs ?? -Infinity, span?.fromMs ?? -Infinity),
      toMs: Math.min(selection.toMs ?? Infinity, span?.toMs ?? Infinity),
      lastFrameId: reads.lastFrameId.get() ?? 0,
    },
  };
}

/** Frames in a selection; from the counters where they say it, else counted. */
export function countFrames(reads: ReadStatements, selection: FrameSelection, { range }: ResolvedSelection): number {
  const { session, device } = range;
  const isWhole = (selection.fromMs ?? null) === null && (selection.toMs ?? null) === null;
  if (!isWhole) return (device === null ? reads.count : reads.deviceCount).get(range) ?? 0;
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
