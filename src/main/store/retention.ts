import type { ReadStatements } from './statements/read-statements';
import type { RetentionLimits, RetentionPlan } from './store';

/** The oldest sessions that a limit would take, never the current one. @param logBytes of the database, free pages aside */
export function planRetention(reads: ReadStatements, limits: RetentionLimits, logBytes: number): RetentionPlan {
  const { maxAgeMs, maxBytes, nowMs } = limits;
  const sizes = sizesOf(reads, limits, logBytes);
  let total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  const ended = reads.sessions
    .all()
    .flatMap(({ endedAtMs, ...session }) => (endedAtMs === null ? [] : { ...session, endedAtMs }));
  const oldestFirst = ended.sort((a, b) => a.endedAtMs - b.endedAtMs);
  const sessions: RetentionPlan['sessions'][number][] = [];
  for (const { session, sessionId, name, endedAtMs, frames } of oldestFirst) {
    const isOld = maxAgeMs !== null && nowMs - endedAtMs > maxAgeMs;
    const isTooMuch = maxBytes !== null && total > maxBytes;
    if (!isOld && !isTooMuch) break;
    const bytes = sizes.get(session) ?? 0;
    total -= bytes;
    sessions.push({ sessionId, name, endedAtMs, frames, bytes });
  }
  return {
    sessions,
    frames: sessions.reduce((sum, { frames }) => sum + frames, 0),
    bytes: sessions.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** By row id. What the database takes beside bodies, which is indexes, trails and the rest of each row, is shared out by frames. */
function sizesOf(reads: ReadStatements, { besides }: RetentionLimits, logBytes: number): ReadonlyMap<number, number> {
  const counted = new Map(reads.sessionSizes.all().map(({ session, bytes }) => [session, bytes]));
  const countedBytes = [...counted.values()].reduce((sum, bytes) => sum + bytes, 0);
  const bodyBytes = Math.max(0, countedBytes - (reads.mediaTotals.get()?.bytes ?? 0));
  const bytesPerFrame = Math.max(0, logBytes - bodyBytes) / Math.max(1, reads.framesInAll.get() ?? 0);
  return new Map(
    reads.sessions
      .all()
      .map(({ session, sessionId, frames }) => [
        session,
        (counted.get(session) ?? 0) + Math.round(frames * bytesPerFrame) + (besides[sessionId] ?? 0),
      ]),
  );
}
