import type { Migration } from './migration';

const SCHEMA = `
-- Frames of a device in a session that were erased on request: the certificate says so instead of missing them.
CREATE TABLE erased (
  session INTEGER NOT NULL REFERENCES sessions,
  device INTEGER NOT NULL REFERENCES devices,
  frames INTEGER NOT NULL,
  PRIMARY KEY (session, device)
) WITHOUT ROWID;
`;

/** Erasure of one person's data, counted. */
export const erasedPeople: Migration = {
  version: 6,
  up(db) {
    db.exec(SCHEMA);
  },
};
