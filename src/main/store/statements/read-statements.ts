import type { Database } from 'better-sqlite3';
import type { TrailPoint } from '../../../common/model/live-device';
import type { DeviceRow, FrameRecord, SessionRecord } from '../rows';
import type { FrameCells } from '../sound-frame';
import type { DeviceKeyRow } from '../store';

const SESSION_COLUMNS = `
  session, public_id AS sessionId, name, started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs,
  (SELECT coalesce(sum(frames), 0) FROM session_devices c WHERE c.session = sessions.session) AS frames,
  (SELECT count(*) FROM session_devices c WHERE c.session = sessions.session) AS devices`;

const FRAME_COLUMNS = `
  f.frame_id AS frameId, s.public_id AS sessionId, s.name AS sessionName, d.public_id AS deviceId,
  d.name AS deviceName, b.name AS boot, f.seq, f.captured_at_ms AS capturedAtMs, f.received_at_ms AS receivedAtMs,
  f.corrected_at_ms AS correctedAtMs, f.live_at_ms AS liveAtMs, f.battery_pct AS batteryPct, f.source, f.flags, f.body`;

// CROSS JOIN: frames first, in the order of their index; the others are looked up.
const FRAME_OWNERS = `
  CROSS JOIN sessions s ON s.session = f.session
  CROSS JOIN devices d ON d.device = f.device
  LEFT JOIN boots b ON b.boot = f.boot`;

/** Part of the log. Row ids; null: all. The ids of frames are bounds, included. */
export interface LogRange {
  readonly session: number | null;
  /** Several are one person. */
  readonly devices: readonly number[] | null;
  readonly firstFrameId: number;
  readonly lastFrameId: number;
}

type LogSpan = Omit<LogRange, 'devices'>;
type LogPage = LogSpan & { readonly limit: number };
type OfDevice = { readonly device: number };

const IN_RANGE = `f.frame_id BETWEEN :firstFrameId AND :lastFrameId AND (:session IS NULL OR f.session = :session)`;
const ONE_PAGE = 'ORDER BY f.frame_id LIMIT :limit';

const TRAIL = 'SELECT points FROM trails WHERE session = ? AND device = ?';

/** SQL of every query on the log, by name. INDEXED BY: a query that could not use it fails at once, not in the field. */
export const READS = {
  page: `SELECT ${FRAME_COLUMNS} FROM frames f ${FRAME_OWNERS} WHERE ${IN_RANGE} ${ONE_PAGE}`,
  devicePage: `SELECT ${FRAME_COLUMNS} FROM frames f INDEXED BY frames_device ${FRAME_OWNERS}
    WHERE f.device = :device AND ${IN_RANGE} ${ONE_PAGE}`,
  count: `SELECT count(*) FROM frames f WHERE ${IN_RANGE}`,
  deviceCount: `SELECT count(*) FROM frames f INDEXED BY frames_device WHERE f.device = :device AND ${IN_RANGE}`,
  frameById: `SELECT ${FRAME_COLUMNS} FROM frames f ${FRAME_OWNERS} WHERE f.frame_id = ?`,
  bodyBytes: 'SELECT CAST(body AS BLOB) FROM frames WHERE frame_id = ?',
  // In the order of the log, for the check after an unclean stop.
  cellsFrom: `SELECT frame_id AS frameId, captured_at_ms AS capturedAtMs, received_at_ms AS receivedAtMs,
    corrected_at_ms AS correctedAtMs, CAST(body AS BLOB) AS body FROM frames WHERE frame_id > ? ORDER BY frame_id LIMIT ?`,
  firstFrameId: 'SELECT min(frame_id) FROM frames',
  lastFrameId: 'SELECT max(frame_id) FROM frames',
  // The first from an id on: erasures leave holes.
  frameFrom: `SELECT frame_id AS frameId, received_at_ms AS receivedAtMs FROM frames WHERE frame_id >= ?
    ORDER BY frame_id LIMIT 1`,
  lastReceivedAtMs: 'SELECT received_at_ms FROM frames WHERE frame_id = (SELECT max(frame_id) FROM frames)',
  newestTrails: `${TRAIL} ORDER BY last_at_ms DESC`,
  trailFrom: `${TRAIL} AND last_at_ms >= ? ORDER BY last_at_ms LIMIT 1`,
  // Those that are in no trail yet, a few thousand of all devices at most.
  newPositions: `SELECT latitude, longitude, live_at_ms AS atMs FROM frames INDEXED BY frames_device
    WHERE device = :device AND session = :session AND latitude IS NOT NULL AND frame_id >
      (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'trails_up_to')`,
  // From the span that an id is in; last: null for the one that goes on.
  spansOfSession: `SELECT s.first_frame_id AS firstFrameId,
    (SELECT n.first_frame_id - 1 FROM session_spans n WHERE n.first_frame_id > s.first_frame_id
      ORDER BY n.first_frame_id LIMIT 1) AS lastFrameId
    FROM session_spans s WHERE s.session = :session AND s.first_frame_id <= :lastFrameId AND s.first_frame_id >= coalesce(
      (SELECT max(first_frame_id) FROM session_spans WHERE session = :session AND first_frame_id <= :firstFrameId), 0)
    ORDER BY s.first_frame_id`,
  mediaTotals: 'SELECT files, bytes FROM media_totals WHERE only_row = 1',
  mediaBySha256: 'SELECT sha256, bytes, mime, extension FROM media WHERE sha256 = ?',
  mediaFrom: 'SELECT media, sha256, extension, bytes FROM media WHERE media > ? ORDER BY media LIMIT ?',
  peopleOfMedia: `SELECT d.name FROM frame_media fm CROSS JOIN frames f ON f.frame_id = fm.frame_id
    CROSS JOIN devices d ON d.device = f.device WHERE fm.media = ? LIMIT 10`,
  mediaOfFrame: `SELECT m.sha256, m.extension FROM frame_media fm CROSS JOIN media m ON m.media = fm.media
    WHERE fm.frame_id = ?`,
  sessionById: `SELECT ${SESSION_COLUMNS} FROM sessions WHERE public_id = ?`,
  deviceById: 'SELECT device FROM devices WHERE public_id = ?',
  mergedDevices: `SELECT m.public_id AS deviceId, m.merged_into AS mergedInto, i.name AS intoName
    FROM devices m INDEXED BY devices_merged CROSS JOIN devices i ON i.public_id = m.merged_into
    WHERE m.merged_into > ''`,
  sessionsOfDevice: `SELECT c.session FROM devices d CROSS JOIN session_devices c ON c.device = d.device
    WHERE d.public_id = ?`,
  sessionSpan: 'SELECT min(first_at_ms) AS fromMs, max(last_at_ms) AS toMs FROM session_devices WHERE session = ?',
  framesOfSession: 'SELECT coalesce(sum(frames), 0) FROM session_devices WHERE session = ?',
  framesOfDevice: 'SELECT coalesce(sum(frames), 0) FROM session_devices WHERE device = ?',
  framesOfDeviceInSession: 'SELECT coalesce(sum(frames), 0) FROM session_devices WHERE device = ? AND session = ?',
  devicesOfSession: `SELECT d.public_id AS deviceId, c.frames, c.last_at_ms AS lastReceivedAtMs, c.latest
    FROM session_devices c CROSS JOIN devices d ON d.device = c.device WHERE c.session = ?`,
  custodyOfSession: `SELECT d.public_id AS deviceId, c.device, c.frames, c.bytes, c.first_at_ms AS firstAtMs,
    c.last_at_ms AS lastAtMs, c.delays, c.delay_max_ms AS delayMaxMs
    FROM session_devices c CROSS JOIN devices d ON d.device = c.device
    WHERE c.session = :session AND (:device IS NULL OR c.device = :device)`,
  unstoredOfSession: `SELECT d.public_id AS deviceId, u.device, u.outcome, u.frames
    FROM unstored u CROSS JOIN devices d ON d.device = u.device
    WHERE u.session = :session AND (:device IS NULL OR u.device = :device)`,
  erasedOfSession: `SELECT d.public_id AS deviceId, e.frames FROM erased e CROSS JOIN devices d ON d.device = e.device
    WHERE e.session = :session AND (:device IS NULL OR e.device = :device)`,
  bootsOfSession: `SELECT d.public_id AS deviceId, b.device, b.boot, b.name, b.up_to AS upTo, s.after_seq AS afterSeq
    FROM session_boots s CROSS JOIN boots b ON b.boot = s.boot CROSS JOIN devices d ON d.device = b.device
    WHERE s.session = :session AND (:device IS NULL OR b.device = :device)`,
  sessionsOfBoot: 'SELECT session, after_seq AS afterSeq FROM session_boots WHERE boot = ?',
  settledRangesFrom: `SELECT from_seq AS "from", to_seq AS "to" FROM settled_ranges WHERE boot = ? AND to_seq >= ?`,
  trackCheckpoints: `SELECT d.public_id AS deviceId, t.is_clean AS isClean, t.up_to AS upTo, t.all_up_to AS allUpTo, t.state
    FROM track_checkpoints t CROSS JOIN devices d ON d.device = t.device WHERE t.session = ?`,
  storedRangesFrom: `SELECT from_seq AS "from", to_seq AS "to" FROM stored_ranges WHERE boot = :boot
    AND from_seq >= coalesce((SELECT max(from_seq) FROM stored_ranges WHERE boot = :boot AND from_seq <= :first), :first)
    ORDER BY from_seq`,
} as const;

/** SQL of what is small and wanted whole. */
export const LISTS = {
  sessions: `SELECT ${SESSION_COLUMNS} FROM sessions ORDER BY started_at_ms DESC, session DESC`,
  currentSession: `SELECT ${SESSION_COLUMNS} FROM sessions
    ORDER BY ended_at_ms IS NULL DESC, started_at_ms DESC, session DESC LIMIT 1`,
  devices: `SELECT public_id AS deviceId, name, identity, external_id AS externalId, username, ordinal, platform,
    user_agent AS userAgent, last_address AS lastAddress, first_seen_at_ms AS firstSeenAtMs,
    last_seen_at_ms AS lastSeenAtMs, is_claimed AS isClaimed, colour, said_colour AS saidColour, note, access,
    merged_into AS mergedInto FROM devices ORDER BY device`,
  deviceKeys: `SELECT hash, public_id AS deviceId, issued_at_ms AS issuedAtMs
    FROM device_keys CROSS JOIN devices USING (device) ORDER BY issued_at_ms`,
  sessionSizes: 'SELECT session, sum(bytes) AS bytes FROM session_devices GROUP BY session',
  framesInAll: 'SELECT coalesce(sum(frames), 0) FROM session_devices',
  settings: "SELECT substr(key, 9) AS name, value FROM meta WHERE key LIKE 'setting.%'",
  hubId: "SELECT value FROM meta WHERE key = 'hub_id'",
} as const;

/** Everything asked of the database, prepared once a connection. */
export function prepareReads(db: Database) {
  return {
    page: db.prepare<[LogPage], FrameRecord>(READS.page),
    devicePage: db.prepare<[LogPage & OfDevice], FrameRecord>(READS.devicePage),
    count: db.prepare<[LogSpan], number>(READS.count).pluck(),
    deviceCount: db.prepare<[LogSpan & OfDevice], number>(READS.deviceCount).pluck(),
    frameById: db.prepare<[number], FrameRecord>(READS.frameById),
    bodyBytes: db.prepare<[number], unknown>(READS.bodyBytes).pluck(),
    cellsFrom: db.prepare<[number, number], FrameCells & { readonly frameId: number }>(READS.cellsFrom),
    firstFrameId: db.prepare<[], number | null>(READS.firstFrameId).pluck(),
    frameFrom: db.prepare<[number], { frameId: number; receivedAtMs: number }>(READS.frameFrom),
    lastFrameId: db.prepare<[], number | null>(READS.lastFrameId).pluck(),
    lastReceivedAtMs: db.prepare<[], number | null>(READS.lastReceivedAtMs).pluck(),
    newestTrails: db.prepare<[number, number], Buffer>(READS.newestTrails).pluck(),
    trailFrom: db.prepare<[number, number, number], Buffer>(READS.trailFrom).pluck(),
    newPositions: db.prepare<[{ session: number; device: number }], TrailPoint>(READS.newPositions),
    spansOfSession: db.prepare<[LogRange], { firstFrameId: number; lastFrameId: number | null }>(READS.spansOfSession),
    mediaBySha256: db.prepare<[string], MediaRow>(READS.mediaBySha256),
    mediaFrom: db.prepare<[number, number], MediaRow & { readonly media: number }>(READS.mediaFrom),
    peopleOfMedia: db.prepare<[number], string>(READS.peopleOfMedia).pluck(),
    mediaOfFrame: db.prepare<[number], Pick<MediaRow, 'sha256' | 'extension'>>(READS.mediaOfFrame),
    sessionById: db.prepare<[string], SessionRecord>(READS.sessionById),
    deviceById: db.prepare<[string], number>(READS.deviceById).pluck(),
    mergedDevices: db.prepare<[], MergedDevice>(READS.mergedDevices),
    sessionsOfDevice: db.prepare<[string], number>(READS.sessionsOfDevice).pluck(),
    sessionSpan: db.prepare<[number], { fromMs: number | null; toMs: number | null }>(READS.sessionSpan),
    framesOfSession: db.prepare<[number], number>(READS.framesOfSession).pluck(),
    framesOfDevice: db.prepare<[number], number>(READS.framesOfDevice).pluck(),
    framesOfDeviceInSession: db.prepare<[number, number], number>(READS.framesOfDeviceInSession).pluck(),
    devicesOfSession: db.prepare<[number], SessionDeviceRow>(READS.devicesOfSession),
    custodyOfSession: db.prepare<[CustodyScope], CustodyRow>(READS.custodyOfSession),
    unstoredOfSession: db.prepare<[CustodyScope], UnstoredRow>(READS.unstoredOfSession),
    erasedOfSession: db.prepare<[CustodyScope], { deviceId: string; frames: number }>(READS.erasedOfSession),
    bootsOfSession: db.prepare<[CustodyScope], SessionBootRow>(READS.bootsOfSession),
    sessionsOfBoot: db.prepare<[number], { session: number; afterSeq: number }>(READS.sessionsOfBoot),
    settledRangesFrom: db.prepare<[number, number], { from: number; to: number }>(READS.settledRangesFrom),
    storedRangesFrom: db.prepare<[{ boot: number; first: number }], { from: number; to: number }>(
      READS.storedRangesFrom,
    ),
    trackCheckpoints: db.prepare<[number], TrackRow>(READS.trackCheckpoints),
    sessions: db.prepare<[], SessionRecord>(LISTS.sessions),
    currentSession: db.prepare<[], SessionRecord>(LISTS.currentSession),
    devices: db.prepare<[], DeviceRow>(LISTS.devices),
    deviceKeys: db.prepare<[], DeviceKeyRow>(LISTS.deviceKeys),
    sessionSizes: db.prepare<[], { session: number; bytes: number }>(LISTS.sessionSizes),
    mediaTotals: db.prepare<[], { files: number; bytes: number }>(READS.mediaTotals),
    framesInAll: db.prepare<[], number>(LISTS.framesInAll).pluck(),
    settings: db.prepare<[], { name: string; value: string }>(LISTS.settings),
    hubId: db.prepare<[], string>(LISTS.hubId).pluck(),
  };
}

/** See {@link prepareReads}. */
export type ReadStatements = ReturnType<typeof prepareReads>;

interface MediaRow {
  readonly sha256: string;
  readonly bytes: number;
  readonly mime: string;
  readonly extension: string;
}

interface SessionDeviceRow {
  readonly deviceId: string;
  readonly frames: number;
  readonly lastReceivedAtMs: number;
  readonly latest: string;
}

/** A device that is shown as another one. */
export interface MergedDevice {
  readonly deviceId: string;
  readonly mergedInto: string;
  readonly intoName: string;
}

/** Row ids; device null: all. */
interface CustodyScope {
  readonly session: number;
  readonly device: number | null;
}

/** Counters of a device with stored frames in the session. */
export interface CustodyRow {
  readonly deviceId: string;
  readonly device: number;
  readonly frames: number;
  readonly bytes: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** JSON, see delays.ts. */
  readonly delays: string;
  readonly delayMaxMs: number | null;
}

interface UnstoredRow {
  readonly deviceId: string;
  readonly device: number;
  readonly outcome: string;
  readonly frames: number;
}

/** Half of a checkpoint: state of another type is damage. */
interface TrackRow {
  readonly deviceId: string;
  readonly isClean: number;
  readonly upTo: number;
  readonly allUpTo: number;
  readonly state: Uint8Array;
}

/** A boot that stored frames in the session. */
export interface SessionBootRow {
  readonly deviceId: string;
  readonly device: number;
  readonly boot: number;
  readonly name: string;
  readonly upTo: number;
  readonly afterSeq: number;
}
