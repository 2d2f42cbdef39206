import type { Database } from 'better-sqlite3';
import { prepareAuditWrites } from './audit-statements';
import { prepareTrails } from './trail-statements';

/** Everything the writer does to the database, prepared once. */
export function prepareWrites(db: Database) {
  return {
    begin: db.prepare('BEGIN IMMEDIATE'),
    audit: prepareAuditWrites(db),
    trails: prepareTrails(db),
    commit: db.prepare('COMMIT'),
    rollback: db.prepare('ROLLBACK'),
    saveDevice: db.prepare(`
      INSERT INTO devices (public_id, name, identity, external_id, username, ordinal, platform, user_agent, last_address,
        first_seen_at_ms, last_seen_at_ms, is_claimed, colour, said_colour, note, access, merged_into)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (public_id) DO UPDATE SET name = excluded.name, identity = excluded.identity,
        external_id = excluded.external_id, username = excluded.username, ordinal = excluded.ordinal,
        platform = excluded.platform, user_agent = excluded.user_agent, last_address = excluded.last_address,
        first_seen_at_ms = excluded.first_seen_at_ms, last_seen_at_ms = excluded.last_seen_at_ms,
        is_claimed = excluded.is_claimed, colour = excluded.colour, said_colour = excluded.said_colour,
        note = excluded.note, access = excluded.access, merged_into = excluded.merged_into`),
    saveSession: db.prepare(`
      INSERT INTO sessions (public_id, name, started_at_ms, ended_at_ms) VALUES (?, ?, ?, ?)
      ON CONFLICT (public_id) DO UPDATE SET name = excluded.name, started_at_ms = excluded.started_at_ms,
        ended_at_ms = excluded.ended_at_ms`),
    saveDeviceKey: db.prepare(`
      INSERT INTO device_keys (hash, device, issued_at_ms) VALUES (?, ?, ?)
      ON CONFLICT (hash) DO UPDATE SET device = excluded.device, issued_at_ms = excluded.issued_at_ms`),
    deleteDeviceKeys: db.prepare<[number]>('DELETE FROM device_keys WHERE device = ?'),
    saveSetting: db.prepare<[string, string]>(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    ),
    saveTrackCheckpoint: db.prepare<[number, number, number, number, number, Uint8Array]>(`
      INSERT INTO track_checkpoints (session, device, is_clean, up_to, all_up_to, state) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET up_to = excluded.up_to, all_up_to = excluded.all_up_to, state = excluded.state`),
    deleteTrackCheckpoints: db.prepare<[number]>('DELETE FROM track_checkpoints WHERE session = ?'),
    deleteTrackCheckpoint: db.prepare<[number, number]>(
      'DELETE FROM track_checkpoints WHERE session = ? AND device = ?',
    ),
    deviceOf: db.prepare<[string], number>('SELECT device FROM devices WHERE public_id = ?').pluck(),
    sessionOf: db.prepare<[string], number>('SELECT session FROM sessions WHERE public_id = ?').pluck(),
    findBoot: db.prepare<[number, string], { boot: number; upTo: number }>(
      'SELECT boot, up_to AS upTo FROM boots WHERE device = ? AND name = ?',
    ),
    insertBoot: db.prepare<[number, string]>('INSERT INTO boots (device, name) VALUES (?, ?)'),
    saveUpTo: db.prepare<[number, number]>('UPDATE boots SET up_to = ? WHERE boot = ?'),
    lastStored: db.prepare<[number], { from: number; to: number }>(
      'SELECT from_seq AS "from", to_seq AS "to" FROM stored_ranges WHERE boot = ? ORDER BY from_seq DESC LIMIT 1',
    ),
    // The range a seq is in, or the one before it.
    storedBefore: db.prepare<[number, number], { from: number; to: number }>(`
      SELECT from_seq AS "from", to_seq AS "to" FROM stored_ranges WHERE boot = ? AND from_seq <= ?
      ORDER BY from_seq DESC LIMIT 1`),
    storedFrom: db
      .prepare<[number, number], number>('SELECT to_seq FROM stored_ranges WHERE boot = ? AND from_seq = ?')
      .pluck(),
    storedIn: db.prepare<[number, number, number, number, number], { from: number; to: number }>(`
      SELECT from_seq AS "from", to_seq AS "to" FROM stored_ranges WHERE boot = ?
        AND from_seq >= coalesce((SELECT max(from_seq) FROM stored_ranges WHERE boot = ? AND from_seq <= ?), ?)
        AND from_seq <= ?`),
    saveStored: db.prepare<[number, number, number]>(`
      INSERT INTO stored_ranges (boot, from_seq, to_seq) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET to_seq = excluded.to_seq`),
    deleteStored: db.prepare<[number, number]>('DELETE FROM stored_ranges WHERE boot = ? AND from_seq = ?'),
    settledRangeEnd: db
      .prepare<[number, number, number], number>(
        'SELECT to_seq FROM settled_ranges WHERE boot = ? AND to_seq >= ? AND from_seq <= ? ORDER BY to_seq LIMIT 1',
      )
      .pluck(),
    insertSettledRange: db.prepare<[number, number, number, string]>(
      'INSERT INTO settled_ranges (boot, from_seq, to_seq, kind) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    settledRangesIn: db.prepare<[number, number, number], { from: number; to: number }>(`
      SELECT from_seq AS "from", to_seq AS "to" FROM settled_ranges WHERE boot = ? AND to_seq >= ? AND from_seq <= ?`),
    anySession: db.prepare<[number], number>('SELECT 1 FROM session_boots WHERE boot = ? LIMIT 1').pluck(),
    lastSettled: db.prepare<[number], number | null>('SELECT max(to_seq) FROM settled_ranges WHERE boot = ?').pluck(),
    insertSessionBoot: db.prepare<[number, number, number]>(
      'INSERT INTO session_boots (boot, session, after_seq) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    lastFrameId: db
      .prepare<[], number>(`
        SELECT max(coalesce((SELECT max(frame_id) FROM frames), 0),
          coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'last_frame_id'), 0))`)
      .pluck(),
    insertFrame: db.prepare(`
      INSERT INTO frames (frame_id, session, device, boot, seq, captured_at_ms, received_at_ms, corrected_at_ms, live_at_ms,
        battery_pct, source, flags, latitude, longitude, body, item_hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING`),
    lastSpan: db.prepare<[], number>('SELECT session FROM session_spans ORDER BY first_frame_id DESC LIMIT 1').pluck(),
    insertSpan: db.prepare<[number, number]>('INSERT INTO session_spans (first_frame_id, session) VALUES (?, ?)'),
    insertMedia: db.prepare<[string, number, string, string]>(
      'INSERT INTO media (sha256, bytes, mime, extension) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    linkMedia: db.prepare<[number, string]>(`
      INSERT INTO frame_media (frame_id, media) SELECT ?, media FROM media WHERE sha256 = ? ON CONFLICT DO NOTHING`),
    keptOf: db.prepare<[number, number], { latest: string; delays: string; delayMaxMs: number | null }>(
      'SELECT latest, delays, delay_max_ms AS delayMaxMs FROM session_devices WHERE session = ? AND device = ?',
    ),
    countFrames: db.prepare<[number, number, number, number, number, number, string, string, number | null]>(`
      INSERT INTO session_devices (session, device, frames, bytes, first_at_ms, last_at_ms, latest, delays, delay_max_ms)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET frames = frames + excluded.frames, bytes = bytes + excluded.bytes,
        first_at_ms = min(first_at_ms, excluded.first_at_ms), last_at_ms = max(last_at_ms, excluded.last_at_ms),
        latest = excluded.latest, delays = excluded.delays, delay_max_ms = excluded.delay_max_ms`),
    countUnstored: db.prepare<[number, number, string, number]>(`
      INSERT INTO unstored (session, device, outcome, frames) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET frames = frames + excluded.frames`),
  };
}

/** See {@link prepareWrites}. */
export type WriteStatements = ReturnType<typeof prepareWrites>;
