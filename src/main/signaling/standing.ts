/** Whether a phone may be here. `pending`: the operator has not let it in yet; `removed`: the operator turned it away. */
export type Standing = 'active' | 'pending' | 'removed';

/** Whose a key is, and which. */
export interface DeviceKey {
  readonly deviceId: string;
  readonly keyId: string;
}

/** Reason of a close with 4003. */
export const REMOVED = 'Removed by the operator';
/** Reason of a close with 1013: it is worth coming again. */
export const NOT_LET_IN = 'Not let in yet';
