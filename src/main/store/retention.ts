import type { ReadStatements } from './statements/read-statements';
import type { RetentionLimits, RetentionPlan } from './store';

/** The oldest sessions that a limit would take, never the current one. */
export function planRetention(reads: ReadStatements, { maxAgeMs, maxBytes, nowMs }: RetentionLimits): RetentionPlan {
  const sizes = new Map(reads.sessionSizes.all().map(({ session, bytes }) => [session, bytes]));
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
