import { readMerged } from './merged';
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
  const devices = findPerson(reads, selection.deviceId ?? null);
  const span = session === null ? null : reads.sessionSpan.get(session.session);
  const fromMs = Math.max(selection.fromMs ?? -Infinity, span?.fromMs ?? -Infinity);
  const toMs = Math.min(selection.toMs ?? Infinity, span?.toMs ?? Infinity);
  return {
    session,
    range: {
      session: session?.session ?? null,
      devices,
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
  const { session, devices } = range;
  const isWhole = (selection.fromMs ?? null) === null && (selection.toMs ?? null) === null;
  if (!isWhole) return null;
  if (devices !== null) {
    return sumOf(devices, (device) =>
      session === null ? reads.framesOfDevice.get(device) : reads.framesOfDeviceInSession.get(device, session),
    );
  }
  if (session !== null) return reads.framesOfSession.get(session) ?? 0;
  return reads.framesInAll.get() ?? 0;
}

/** Of each device, together. */
export const sumOf = (devices: readonly number[], count: (device: number) => number | undefined): number =>
  devices.reduce((sum, device) => sum + (count(device) ?? 0), 0);

/** @throws StoreError not_found */
export function findSession(reads: ReadStatements, sessionId: string | null): SessionRecord | null {
  if (sessionId === null) return null;
  const found = sessionId === 'latest' ? reads.currentSession.get() : reads.sessionById.get(sessionId);
  if (!found) throw new StoreError('not_found', `There is no session "${sessionId}".`);
  return found;
}

/** @returns row ids: of the device, of the one it is shown as, and of all that are shown so. @throws StoreError not_found */
export function findPerson(reads: ReadStatements, deviceId: string): readonly number[];
export function findPerson(reads: ReadStatements, deviceId: string | null): readonly number[] | null;
export function findPerson(reads: ReadStatements, deviceId: string | null): readonly number[] | null {
  if (deviceId === null) return null;
  if (reads.deviceById.get(deviceId) === undefined) {
    throw new StoreError('not_found', `There is no device "${deviceId}".`);
  }
  return readMerged(reads)
    .merges.groupOf(deviceId)
    .flatMap((id) => reads.deviceById.get(id) ?? []);
}
