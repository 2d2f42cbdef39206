import type { Database } from 'better-sqlite3';

/** Where a frame was, by row ids. */
export interface Position {
  readonly session: number;
  readonly device: number;
  readonly frameId: number;
  /** By the live rule. */
  readonly atMs: number;
  readonly latitude: number;
  readonly longitude: number;
}

/** What trails are made with. */
export function prepareTrails(db: Database) {
  return {
    upTo: db.prepare<[], number>("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'trails_up_to'").pluck(),
    saveUpTo: db.prepare<[string]>("UPDATE meta SET value = ? WHERE key = 'trails_up_to'"),
    /** Of frames after the first id, up to the second. */
    positions: db.prepare<[number, number], Position>(`
      SELECT session, device, frame_id AS frameId, live_at_ms AS atMs, latitude, longitude FROM frames
      WHERE frame_id > ? AND frame_id <= ? AND latitude IS NOT NULL`),
    insert: db.prepare<[number, number, number, number, Buffer]>(
      'INSERT INTO trails (session, device, last_at_ms, last_frame_id, points) VALUES (?, ?, ?, ?, ?)',
    ),
    newestFrame: db.prepare<[], number | null>('SELECT max(frame_id) FROM frames').pluck(),
  };
}

/** See {@link prepareTrails}. */
export type TrailStatements = ReturnType<typeof prepareTrails>;
