import type { Migration } from './migration';

/** The spans of all frames there are. @param frames the table, or a view of it */
export const fillSpans = (frames: string): string => `
INSERT INTO session_spans (first_frame_id, session)
  SELECT frame_id, session FROM
    (SELECT frame_id, session, lag(session) OVER (ORDER BY frame_id) AS before FROM ${frames})
  WHERE before IS NOT session;
`;

/** Of all media there are. */
export const FILL_TOTALS = `
INSERT INTO media_totals (only_row, files, bytes) SELECT 1, count(*), coalesce(sum(bytes), 0) FROM media;
`;

const SCHEMA = `
-- Where in the log a session goes on: from that frame to the one before the next span. A session that was taken up again
-- has several, and its pages don't walk what others stored in between.
CREATE TABLE session_spans (
  first_frame_id INTEGER PRIMARY KEY,
  session INTEGER NOT NULL REFERENCES sessions
);
CREATE INDEX session_spans_session ON session_spans (session, first_frame_id);

-- So that nobody counts a million files to say how many there are.
CREATE TABLE media_totals (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  files INTEGER NOT NULL,
  bytes INTEGER NOT NULL
);
CREATE TRIGGER media_kept AFTER INSERT ON media BEGIN
  UPDATE media_totals SET files = files + 1, bytes = bytes + new.bytes;
END;
CREATE TRIGGER media_gone AFTER DELETE ON media BEGIN
  UPDATE media_totals SET files = files - 1, bytes = bytes - old.bytes;
END;
`;

/** Long sessions and many media are found and summed up without walking them. */
export const spansAndTotals: Migration = {
  version: 8,
  up(db) {
    db.exec(SCHEMA + fillSpans('frames') + FILL_TOTALS);
  },
};
