/** How long a viewer key may be made to last, hours: an hour, a working day, a day, a week. */
export const VIEWER_KEY_HOURS = [1, 8, 24, 168] as const;

/** A key as the operator sees it in a list: everything but the key itself. */
export interface KeyInfo {
  /** Names the key for as long as it lives: the first 16 hex digits of its SHA-256. Tells nothing of the key. */
  readonly keyId: string;
  /** `join`: in the QR code. `personal`: a join key bound to one device. `viewer`: looks only. `admin`: may do everything. */
  readonly kind: 'join' | 'personal' | 'viewer' | 'admin';
  /** Who it was made for; null for those every hub has: one of `join`, `viewer` and `admin` each. */
  readonly name: string | null;
  /** The device a personal key is bound to; null for the others. */
  readonly deviceId: string | null;
  /** Hub clock, ms; null: not known, it came with the hub. */
  readonly createdAtMs: number | null;
  /** Hub clock, ms; null: never. In the past: it opens nothing any more. */
  readonly expiresAtMs: number | null;
  /** When it last opened something, hub clock, ms; null: not yet. */
  readonly lastUsedAtMs: number | null;
}
