import type { Migration } from './migration';

const SCHEMA = `
-- What distance, moving time and climb of a device in a session stand at, with every frame of it up to up_to. The greatest
-- all_up_to of a session holds for all its devices: every frame up to it is in a row, so a device without one has none there.
-- Two rows a device: each fits a page, as a row over several would leave copies behind when it is written anew. For the same
-- reason with row ids. state: hub/quality/track-state.ts.
CREATE TABLE track_checkpoints (
  session INTEGER NOT NULL,
  device INTEGER NOT NULL,
  is_clean INTEGER NOT NULL,
  up_to INTEGER NOT NULL,
  all_up_to INTEGER NOT NULL,
  state BLOB NOT NULL,
  PRIMARY KEY (session, device, is_clean)
);
`;

/** A restart reads the frames since then, not the session. */
export const trackCheckpoints: Migration = {
  version: 10,
  up(db) {
    db.exec(SCHEMA);
  },
};
