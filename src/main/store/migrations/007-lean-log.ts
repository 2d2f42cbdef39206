import { catchUp } from '../trails';
import type { Migration } from './migration';

/**
 * The seqs of each boot that were ever stored, as ranges. Erased ones are among them: they are not to come again.
 * Islands: a range begins where the greatest end so far leaves a gap.
 * @param frames the table, or a view of it
 */
export const fillStoredRanges = (frames: string): string => `
INSERT INTO stored_ranges (boot, from_seq, to_seq)
  SELECT boot, min(from_seq), max(to_seq) FROM (
    SELECT boot, from_seq, to_seq, sum(is_first) OVER (PARTITION BY boot ORDER BY from_seq, to_seq) AS island FROM (
      SELECT boot, from_seq, to_seq, from_seq > 1 + coalesce(max(to_seq) OVER (PARTITION BY boot
        ORDER BY from_seq, to_seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), -1) AS is_first
      FROM (SELECT boot, seq AS from_seq, seq AS to_seq FROM ${frames} WHERE boot IS NOT NULL AND seq IS NOT NULL
        UNION ALL SELECT boot, from_seq, to_seq FROM settled_ranges WHERE kind = 'erased')))
  GROUP BY boot, island;
`;

// A row of the log costs the writer what its indexes cost: each leaf page that a commit touches is written whole, and an
// index by device has one for every phone. So `frames` keeps one of them, and what the others served is kept smaller.
const SCHEMA = `
INSERT INTO meta SELECT 'last_frame_id', seq FROM sqlite_sequence WHERE name = 'frames';

-- In the order of frame_id the log is in the order of received_at_ms, too: the hub's clock never goes back. The writer gives
-- out ids, none twice (meta.last_frame_id: the greatest there was when frames were last erased), and knows the owners.
CREATE TABLE lean_frames (
  frame_id INTEGER PRIMARY KEY,
  session INTEGER NOT NULL,
  device INTEGER NOT NULL,
  boot INTEGER,
  seq INTEGER,
  captured_at_ms INTEGER,
  received_at_ms INTEGER NOT NULL,
  corrected_at_ms INTEGER,
  live_at_ms INTEGER NOT NULL,
  battery_pct REAL,
  source TEXT NOT NULL,
  flags TEXT NOT NULL,
  latitude REAL,
  longitude REAL,
  body TEXT NOT NULL,
  item_hash BLOB
);
INSERT INTO lean_frames SELECT frame_id, session, device, boot, seq, captured_at_ms, received_at_ms, corrected_at_ms,
  live_at_ms, battery_pct, source, flags, latitude, longitude, body, item_hash FROM frames ORDER BY frame_id;
DROP TABLE frames;
ALTER TABLE lean_frames RENAME TO frames;
-- The log of one device, in its order: an index ends with the row's id.
CREATE INDEX frames_device ON frames (device);
CREATE UNIQUE INDEX frames_item ON frames (device, source, coalesce(captured_at_ms, ''), item_hash)
  WHERE item_hash IS NOT NULL;

-- Stored once: a phone counts up, so a boot is a row or two instead of one for each frame. Ranges of a boot neither
-- overlap nor touch.
CREATE TABLE stored_ranges (
  boot INTEGER NOT NULL REFERENCES boots,
  from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL CHECK (to_seq >= from_seq),
  PRIMARY KEY (boot, from_seq)
) WITHOUT ROWID;

-- Trails: positions of a device by the live rule, a hundred or so a row (trail-points.ts), written for many frames at
-- once. Frames after meta.trails_up_to are in none yet.
CREATE TABLE trails (
  session INTEGER NOT NULL,
  device INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL,
  last_frame_id INTEGER NOT NULL,
  points BLOB NOT NULL,
  PRIMARY KEY (session, device, last_at_ms, last_frame_id)
) WITHOUT ROWID;
INSERT INTO meta VALUES ('trails_up_to', '0');
`;

/** A frame costs the writer half: one index by device instead of three, and none by time. */
export const leanLog: Migration = {
  version: 7,
  up(db) {
    db.exec(SCHEMA + fillStoredRanges('frames'));
    catchUp(db);
  },
};
