/**
 * - `locked`: another hub has the folder; the message names its pid.
 * - `newer_schema`, `older_schema`: the folder was written by a newer Perch; by an older one, and this opening may not migrate.
 * - `unwritable`: the folder cannot be made or written.
 * - `no_data`: nothing of Perch is in the folder.
 * - `storage_unavailable`: the disk is full or failing; nothing of the call is stored.
 * - `not_found`: no such device or session.
 * - `current_session`: what was asked is never done to the current session.
 * - `closed`: called after close.
 * - `internal`: a bug of ours.
 */
export type StoreErrorCode =
  | 'locked'
  | 'newer_schema'
  | 'older_schema'
  | 'unwritable'
  | 'no_data'
  | 'storage_unavailable'
  | 'not_found'
  | 'current_session'
  | 'closed'
  | 'internal';

/** Refusal of the store; `message` is a sentence for the operator. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string) {
    super(message);
    this.name = 'StoreError';
    this.code = code;
  }
}
