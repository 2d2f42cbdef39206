import type { Migration } from './migration';

const SCHEMA = `
-- public_id of the device that it is shown and exported as, directly; null: as itself. An id, not a row: what a damaged
-- log has lost is then no merge, and rows can be saved in any order.
ALTER TABLE devices ADD COLUMN merged_into TEXT;
CREATE INDEX devices_merged ON devices (merged_into) WHERE merged_into IS NOT NULL;
`;

/** Two devices as one person: an alias beside the log, which stays as it is. */
export const mergedPeople: Migration = {
  version: 9,
  up(db) {
    db.exec(SCHEMA);
  },
};
