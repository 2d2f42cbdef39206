import type { Migration } from './migration';

/** Erasure: from a media file to the frames that show it, so that a file goes with the last of them. */
export const erasure: Migration = {
  version: 3,
  up(db) {
    db.exec('CREATE INDEX frame_media_media ON frame_media (media)');
  },
};
