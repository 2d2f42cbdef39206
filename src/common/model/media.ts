/** A photo or audio note kept as a file named by its content. */
export interface MediaReference {
  /** SHA-256 of the bytes, 64 lower-case hex digits. */
  readonly sha256: string;
  /** Size in bytes, > 0. */
  readonly bytes: number;
  /** Decided by the content, never by what the phone claims. */
  readonly mime: string;
}
