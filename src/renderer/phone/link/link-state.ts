import { CLOSE } from '../../../common/wire/close-codes';

/** Why the phone does not connect again by itself. */
export type ClosedReason = 'replaced' | 'kicked' | 'unauthorized';

/** The link to the hub. */
export type LinkState =
  /** Nothing to send, or not started. */
  | { readonly kind: 'off' }
  /** `attempt`: 0 for the first try, else failures in a row. */
  | { readonly kind: 'connecting'; readonly attempt: number }
  | { readonly kind: 'connected' }
  /** `retryAtMs`: device clock, ms since the epoch. */
  | { readonly kind: 'waiting'; readonly attempt: number; readonly retryAtMs: number }
  /**
   * Only a tap of the person goes on from here. `retryAtMs`: it also tries by itself then, as a hub takes a phone that was
   * removed back; device clock, ms since the epoch. null: never.
   */
  | { readonly kind: 'closed'; readonly reason: ClosedReason; readonly retryAtMs: number | null };

/** The reason a close code gives for staying away; null when the phone should reconnect. */
export function toClosedReason(code: number): ClosedReason | null {
  switch (code) {
    case CLOSE.policyViolation:
      return 'unauthorized';
    case CLOSE.replaced:
      return 'replaced';
    case CLOSE.kicked:
      return 'kicked';
    default:
      return null;
  }
}
