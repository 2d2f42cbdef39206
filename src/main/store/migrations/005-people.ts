import type { Migration } from './migration';

const SCHEMA = `
-- colour: chosen by the operator. said_colour: by the carrier. Null: not chosen.
ALTER TABLE devices ADD COLUMN colour INTEGER;
ALTER TABLE devices ADD COLUMN said_colour INTEGER;
ALTER TABLE devices ADD COLUMN note TEXT NOT NULL DEFAULT '';
-- approved, pending or revoked. Who is known already is let in.
ALTER TABLE devices ADD COLUMN access TEXT NOT NULL DEFAULT 'approved';
`;

/** What the operator decides about a person: colour, note, and whether their phone may send. */
export const people: Migration = {
  version: 5,
  up(db) {
    db.exec(SCHEMA);
  },
};
