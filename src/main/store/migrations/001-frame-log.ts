import { randomUUID } from 'node:crypto';
import type { Migration } from './migration';

// Public ids are strings; inside, rows refer to each other by integers, which keeps the many rows and indexes small.
// Every index of `frames` is paid at each insert, so there are four: see its comments for what each is for.
const SCHEMA = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE devices (
  device INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  identity TEXT NOT NULL,
  external_id TEXT,
  username TEXT,
  ordinal INTEGER NOT NULL,
  platform TEXT,
  user_agent TEXT,
  last_address TEXT,
  first_seen_at_ms INTEGER NOT NULL,
  last_seen_at_ms INTEGER NOT NULL,
  is_claimed INTEGER NOT NULL
);

CREATE TABLE device_keys (
  hash TEXT PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES devices,
  issued_at_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE sessions (
  session INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  started_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER
);

-- up_to: every seq from 1 to it is settled. A lower bound, written now and then, so that a restart need not count from 1.
CREATE TABLE boots (
  boot INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES devices,
  name TEXT NOT NULL,
  up_to INTEGER NOT NULL DEFAULT 0,
  UNIQUE (device, name)
);

-- Settled but not stored. kind: refused by the hub, or dropped by the phone.
CREATE TABLE settled_ranges (
  boot INTEGER NOT NULL REFERENCES boots,
  from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL CHECK (to_seq >= from_seq),
  kind TEXT NOT NULL CHECK (kind IN ('refused', 'dropped')),
  PRIMARY KEY (boot, to_seq, from_seq)
) WITHOUT ROWID;

-- AUTOINCREMENT: an id is never used again, not even after an erasure.
-- live_at_ms: when its values were true, by the live rule (docs/wire-protocol.md, section 4).
CREATE TABLE frames (
  frame_id INTEGER PRIMARY KEY AUTOINCREMENT,
  session INTEGER NOT NULL REFERENCES sessions,
  device INTEGER NOT NULL REFERENCES devices,
  boot INTEGER REFERENCES boots,
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
  body TEXT NOT NULL
);
-- Stored once; also walked to find the first hole.
CREATE UNIQUE INDEX frames_seq ON frames (boot, seq) WHERE boot IS NOT NULL AND seq IS NOT NULL;
-- The order of the log, of everything and of a session (sessions follow each other in time).
CREATE INDEX frames_received ON frames (received_at_ms);
-- The same for one device.
CREATE INDEX frames_device ON frames (device, received_at_ms);
-- Trails.
CREATE INDEX frames_position ON frames (session, device, live_at_ms) WHERE latitude IS NOT NULL;

-- Counters, so that no list ever scans the log. latest: JSON, the newest frame of each kind of reading.
CREATE TABLE session_devices (
  session INTEGER NOT NULL REFERENCES sessions,
  device INTEGER NOT NULL REFERENCES devices,
  frames INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  first_at_ms INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL,
  latest TEXT NOT NULL,
  PRIMARY KEY (session, device)
) WITHOUT ROWID;
CREATE INDEX session_devices_device ON session_devices (device);

CREATE TABLE media (
  media INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  bytes INTEGER NOT NULL,
  mime TEXT NOT NULL,
  extension TEXT NOT NULL
);

-- Which frames show a file: a file goes when its last frame does.
CREATE TABLE frame_media (
  frame_id INTEGER NOT NULL REFERENCES frames,
  media INTEGER NOT NULL REFERENCES media,
  PRIMARY KEY (frame_id, media)
) WITHOUT ROWID;
`;

/** The first schema: devices, sessions, the frame log and its media. */
export const frameLog: Migration = {
  version: 1,
  up(db) {
    db.exec(SCHEMA);
    db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)').run('hub_id', randomUUID());
  },
};
