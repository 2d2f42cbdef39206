/** One entry of the `/dashboard` array (docs/wire-protocol.md, section 7). */
export interface DashboardEntry {
  /** The hub's own id of the device. */
  readonly id: string;
  readonly username: string;
  readonly gps: {
    readonly latitude: number;
    readonly longitude: number;
    readonly altitude: number | null;
    readonly accuracy: number | null;
    readonly heading: number | null;
    readonly speed: number | null;
  } | null;
  /** When it was last heard, RFC 3339; null before the first frame. */
  readonly timestamp: string | null;
  readonly online: boolean;
}
