/**
 * Every refusal the hub can answer a request with; the same over both transports.
 * - `unknown_request`: the name is not in the table.
 * - `invalid_params`: the parameters do not fit their schema; the message names the path.
 * - `forbidden`: a viewer asked for what only the operator may do.
 * - `not_found`: the device, session or export named is not there.
 * - `conflict`: it can't be done in the present state; the message says why.
 * - `storage_unavailable`: the disk is full or failing.
 * - `internal`: a bug of ours; the hub's log has the details.
 */
export type HubErrorCode =
  | 'unknown_request'
  | 'invalid_params'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'storage_unavailable'
  | 'internal';

/** A request refused. Thrown by a handler, it reaches the caller with code and message. */
export class HubError extends Error {
  readonly code: HubErrorCode;
  constructor(code: HubErrorCode, message: string) {
    super(message);
    this.name = 'HubError';
    this.code = code;
  }
}
