import type { Database } from 'better-sqlite3';
import { addDelay, type Delays, delayOf } from '../delays';
import type { Migration } from './migration';

// Counters sit where the hot path writes anyway (`session_devices`); what is rare has a table of its own.
const SCHEMA = `
-- SHA-256 of the item as its app sent it: what makes a frame without seq unique. Null for all others, which pay nothing.
ALTER TABLE frames ADD COLUMN item_hash BLOB;
-- A time that is missing equals another that is missing; null would equal nothing.
CREATE UNIQUE INDEX frames_item ON frames (device, source, coalesce(captured_at_ms, ''), item_hash)
  WHERE item_hash IS NOT NULL;

-- delays: JSON, frames in each bucket of src/main/store/delays.ts. delay_max_ms: null before the first known delay.
ALTER TABLE session_devices ADD COLUMN delays TEXT NOT NULL DEFAULT '{}';
ALTER TABLE session_devices ADD COLUMN delay_max_ms REAL;

-- What came and was not stored. outcome: duplicate, dropped (given up by the phone), or the code of a refusal.
CREATE TABLE unstored (
  session INTEGER NOT NULL REFERENCES sessions,
  device INTEGER NOT NULL REFERENCES devices,
  outcome TEXT NOT NULL,
  frames INTEGER NOT NULL,
  PRIMARY KEY (session, device, outcome)
) WITHOUT ROWID;

-- Which sessions a boot went through, written once for each. after_seq: the greatest seq settled before its first frame
-- in the session, 0 in its first session: holes between this and the next session's after_seq are holes of this session.
CREATE TABLE session_boots (
  boot INTEGER NOT NULL REFERENCES boots,
  session INTEGER NOT NULL REFERENCES sessions,
  after_seq INTEGER NOT NULL,
  PRIMARY KEY (boot, session)
) WITHOUT ROWID;
CREATE INDEX session_boots_session ON session_boots (session);
INSERT INTO session_boots (boot, session, after_seq)
  SELECT boot, session, coalesce(max(max_seq) OVER (PARTITION BY boot ORDER BY first_frame
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
  FROM (SELECT boot, session, max(seq) AS max_seq, min(frame_id) AS first_frame FROM frames
    WHERE boot IS NOT NULL GROUP BY boot, session);

-- erased: was stored, until its session was erased.
CREATE TABLE new_settled_ranges (
  boot INTEGER NOT NULL REFERENCES boots,
  from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL CHECK (to_seq >= from_seq),
  kind TEXT NOT NULL CHECK (kind IN ('refused', 'dropped', 'erased')),
  PRIMARY KEY (boot, to_seq, from_seq)
) WITHOUT ROWID;
INSERT INTO new_settled_ranges SELECT boot, from_seq, to_seq, kind FROM settled_ranges;
DROP TABLE settled_ranges;
ALTER TABLE new_settled_ranges RENAME TO settled_ranges;
`;

interface TimedFrame {
  readonly session: number;
  readonly device: number;
  readonly capturedAtMs: number | null;
  readonly receivedAtMs: number;
  readonly correctedAtMs: number | null;
}

/** Custody: what came of every frame a phone captured, for each device and session. Repeats of items without seq. */
export const custody: Migration = {
  version: 2,
  up(db) {
    db.exec(SCHEMA);
    countDelays(db);
  },
};

function countDelays(db: Database): void {
  const save = db.prepare('UPDATE session_devices SET delays = ?, delay_max_ms = ? WHERE session = ? AND device = ?');
  // One device after the other, so that one histogram at a time is in memory.
  const framesOf = db.prepare<[number, number], TimedFrame>(`
    SELECT session, device, captured_at_ms AS capturedAtMs, received_at_ms AS receivedAtMs,
      corrected_at_ms AS correctedAtMs
    FROM frames WHERE device = ? AND session = ?`);
  const owners = db.prepare<[], { session: number; device: number }>('SELECT session, device FROM session_devices');
  for (const { session, device } of owners.all()) {
    const delays: Delays = { buckets: {}, maxMs: null };
    for (const frame of framesOf.iterate(device, session)) addDelay(delays, delayOf(frame));
    save.run(JSON.stringify(delays.buckets), delays.maxMs, session, device);
  }
}
