import type { Migration } from './migration';

// AUTOINCREMENT: an id is never used again, so that a page begins where the one before ended.
// device_id: public, not a reference: who was refused was never saved, and what was done outlives its device.
const SCHEMA = `
CREATE TABLE audit (
  audit INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  action TEXT NOT NULL,
  actor TEXT NOT NULL,
  address TEXT,
  device_id TEXT,
  detail TEXT NOT NULL
);
CREATE INDEX audit_device ON audit (device_id) WHERE device_id IS NOT NULL;
`;

/** The audit log: who did what, to which device, when and why. */
export const audit: Migration = {
  version: 4,
  up(db) {
    db.exec(SCHEMA);
  },
};
