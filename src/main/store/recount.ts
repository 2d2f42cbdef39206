import type { Database } from 'better-sqlite3';
import type { JsonObject } from '../../common/model/frame';
import { delayOf } from './delays';
import { contentOf } from './frame-content';
import { assertGoesOn, untilStopped } from './log-steps';
import { fillStoredRanges } from './migrations/007-lean-log';
import { FILL_TOTALS, fillSpans } from './migrations/008-spans-and-totals';
import { SessionCounters } from './session-counters';
import { prepareWrites } from './statements/write-statements';
import { catchUp } from './trails';

interface CountedFrame {
  readonly frameId: number;
  readonly session: number;
  readonly device: number;
  readonly capturedAtMs: number | null;
  readonly receivedAtMs: number;
  readonly correctedAtMs: number | null;
  readonly liveAtMs: number;
  readonly body: string;
  readonly mediaBytes: number;
}

/** Tables that {@link recount} makes anew; of checkpoints there are none until the hub has read the frames once more. */
export const COUNTED: readonly string[] = [
  'session_devices',
  'stored_ranges',
  'trails',
  'session_spans',
  'media_totals',
  'track_checkpoints',
];

/**
 * Makes counters, and owners that are missing, out of the frames: what a salvage could not read is found again there.
 * @throws StoreError closed, once it is to stop
 */
export function recount(db: Database, isStopped: () => boolean): void {
  watchFrames(db, isStopped);
  db.transaction(() => {
    addMissingOwners(db);
    // What was counted as settled may be lost: it shows as missing, not as delivered.
    db.exec('UPDATE boots SET up_to = 0');
    for (const table of COUNTED) db.exec(`DELETE FROM ${table}`);
    db.exec(fillStoredRanges(WATCHED) + fillSpans(WATCHED) + FILL_TOTALS);
    db.exec("INSERT INTO meta VALUES ('trails_up_to', '0') ON CONFLICT (key) DO UPDATE SET value = '0'");
    catchUp(db, isStopped);
    const counters = new SessionCounters(prepareWrites(db));
    const frames = db.prepare<[], CountedFrame>(`
      SELECT frame_id AS frameId, session, device, captured_at_ms AS capturedAtMs, received_at_ms AS receivedAtMs,
        corrected_at_ms AS correctedAtMs, live_at_ms AS liveAtMs, body,
        (SELECT coalesce(sum(m.bytes), 0) FROM frame_media fm CROSS JOIN media m ON m.media = fm.media
          WHERE fm.frame_id = frames.frame_id) AS mediaBytes
      FROM frames ORDER BY frame_id`);
    for (const frame of untilStopped(frames.iterate(), isStopped)) {
      const bytes = Buffer.byteLength(frame.body) + frame.mediaBytes;
      counters.add(
        frame,
        { ...frame, bytes, delayMs: delayOf(frame) },
        contentOf(JSON.parse(frame.body) as JsonObject).kinds,
      );
    }
    counters.flush();
  })();
}

/** The frames, in a view that looks at each row whether it is to stop: nothing else ends a statement that reads them all. */
const WATCHED = 'watched_frames';

function watchFrames(db: Database, isStopped: () => boolean): void {
  db.function('goes_on', () => {
    assertGoesOn(isStopped);
    return 1;
  });
  db.exec(`CREATE TEMP VIEW ${WATCHED} AS SELECT * FROM frames WHERE goes_on()`);
}

// A frame without its device or session would be seen by nobody.
function addMissingOwners(db: Database): void {
  db.exec(`
    INSERT OR IGNORE INTO devices (device, public_id, name, identity, ordinal, first_seen_at_ms, last_seen_at_ms, is_claimed)
      SELECT device, 'recovered_' || device, 'Recovered ' || device, 'nameless', 1, min(received_at_ms),
        max(received_at_ms), 0
      FROM ${WATCHED} WHERE device NOT IN (SELECT device FROM devices) GROUP BY device;
    INSERT OR IGNORE INTO sessions (session, public_id, name, started_at_ms, ended_at_ms)
      SELECT session, 'recovered_' || session, 'Recovered', min(received_at_ms), max(received_at_ms)
      FROM ${WATCHED} WHERE session NOT IN (SELECT session FROM sessions) GROUP BY session;
    INSERT OR IGNORE INTO boots (boot, device, name)
      SELECT boot, device, 'recovered_' || boot FROM ${WATCHED}
      WHERE boot IS NOT NULL AND boot NOT IN (SELECT boot FROM boots) GROUP BY boot, device;
    DELETE FROM frame_media WHERE goes_on() AND (frame_id NOT IN (SELECT frame_id FROM frames)
      OR media NOT IN (SELECT media FROM media));
    DELETE FROM device_keys WHERE device NOT IN (SELECT device FROM devices);
    DELETE FROM settled_ranges WHERE boot NOT IN (SELECT boot FROM boots);
    DELETE FROM session_boots WHERE boot NOT IN (SELECT boot FROM boots)
      OR session NOT IN (SELECT session FROM sessions);
    DELETE FROM erased WHERE device NOT IN (SELECT device FROM devices)
      OR session NOT IN (SELECT session FROM sessions);
    DELETE FROM unstored WHERE device NOT IN (SELECT device FROM devices)
      OR session NOT IN (SELECT session FROM sessions);`);
}
