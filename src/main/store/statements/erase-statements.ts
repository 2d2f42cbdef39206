import type { Database } from 'better-sqlite3';

/** A frame that goes. */
export interface ErasedFrame {
  readonly frameId: number;
  readonly session: number;
  readonly boot: number | null;
  readonly seq: number | null;
}

interface EraseDeviceScope {
  readonly device: number;
  readonly afterId: number;
  readonly limit: number;
}

interface EraseScope {
  readonly session: number;
  readonly afterId: number;
  /** The last of the session. */
  readonly lastId: number;
  readonly limit: number;
}

const ERASED_FRAME = 'frame_id AS frameId, session, boot, seq';

const CHILDREN = [
  'session_devices',
  'unstored',
  'session_boots',
  'erased',
  'session_spans',
  'track_checkpoints',
  'sessions',
] as const;

/** What an erasure does to the database. */
export function prepareErasure(db: Database) {
  return {
    session: db.prepare<[string], { session: number; endedAtMs: number | null }>(
      'SELECT session, ended_at_ms AS endedAtMs FROM sessions WHERE public_id = ?',
    ),
    frames: db.prepare<[EraseScope], ErasedFrame>(`
      SELECT ${ERASED_FRAME} FROM frames WHERE frame_id > :afterId AND frame_id <= :lastId AND session = :session
      ORDER BY frame_id LIMIT :limit`),
    device: db.prepare<[string], number>('SELECT device FROM devices WHERE public_id = ?').pluck(),
    framesOfDevice: db.prepare<[EraseDeviceScope], ErasedFrame>(`
      SELECT ${ERASED_FRAME} FROM frames INDEXED BY frames_device WHERE device = :device AND frame_id > :afterId
      ORDER BY frame_id LIMIT :limit`),
    // An id is never given twice, not even when the last frame is gone.
    keepLastFrameId: db.prepare(`
      INSERT INTO meta SELECT 'last_frame_id', coalesce(max(frame_id), 0) FROM frames WHERE true
      ON CONFLICT (key) DO UPDATE SET value = max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER))`),
    countErased: db.prepare<[number, number, number]>(
      'INSERT INTO erased (session, device, frames) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET frames = frames + excluded.frames',
    ),
    deleteCounters: db.prepare<[number]>('DELETE FROM session_devices WHERE device = ?'),
    silenceAudit: db.prepare<[string]>(
      "UPDATE audit INDEXED BY audit_device SET detail = '', address = NULL WHERE device_id = ? AND device_id IS NOT NULL",
    ),
    mediaOf: db.prepare<[number], number>('SELECT media FROM frame_media WHERE frame_id = ?').pluck(),
    unlinkMedia: db.prepare<[number]>('DELETE FROM frame_media WHERE frame_id = ?'),
    // As long as it was, so that it is overwritten where it is; it stays an object for whoever reads it meanwhile.
    blank: db.prepare<[number]>(`
      UPDATE frames SET body = printf('{%*s}', octet_length(body) - 2, ''), latitude = NULL, longitude = NULL
      WHERE frame_id = ?`),
    deleteFrame: db.prepare<[number]>('DELETE FROM frames WHERE frame_id = ?'),
    deleteTrailsOfSession: db.prepare<[number]>('DELETE FROM trails WHERE session = ?'),
    deleteTrailsOfDevice: db.prepare<[{ device: number }]>(`
      DELETE FROM trails WHERE session IN (SELECT session FROM session_devices WHERE device = :device)
        AND device = :device`),
    deleteTrackCheckpointsOfDevice: db.prepare<[{ device: number }]>(`
      DELETE FROM track_checkpoints WHERE session IN (SELECT session FROM session_devices WHERE device = :device)
        AND device = :device`),
    isSeen: db.prepare<[number], number>('SELECT 1 FROM frame_media WHERE media = ? LIMIT 1').pluck(),
    file: db.prepare<[number], { sha256: string; extension: string }>(
      'SELECT sha256, extension FROM media WHERE media = ?',
    ),
    deleteMedia: db.prepare<[number]>('DELETE FROM media WHERE media = ?'),
    erasedUpTo: db
      .prepare<[number, number], number>(
        "SELECT from_seq FROM settled_ranges WHERE boot = ? AND to_seq = ? AND kind = 'erased' LIMIT 1",
      )
      .pluck(),
    deleteErased: db.prepare<[number, number, number]>(
      'DELETE FROM settled_ranges WHERE boot = ? AND to_seq = ? AND from_seq = ?',
    ),
    insertErased: db.prepare<[number, number, number]>(
      "INSERT INTO settled_ranges (boot, from_seq, to_seq, kind) VALUES (?, ?, ?, 'erased') ON CONFLICT DO NOTHING",
    ),
    deleteSession: CHILDREN.map((table) => db.prepare<[number]>(`DELETE FROM ${table} WHERE session = ?`)),
  };
}
