/** One frame as an export takes it. Field meanings as in common/model/frame.ts. */
export interface ExportRow {
  readonly frameId: number;
  readonly sessionId: string;
  readonly sessionName: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly capturedAtMs: number | null;
  readonly receivedAtMs: number;
  readonly correctedAtMs: number | null;
  /** 0 to 100. */
  readonly batteryPct: number | null;
  readonly source: string;
  /** Joined with `;`. */
  readonly flags: string;
  /** JSON of the stored frame. */
  readonly body: string;
  /** Files the frame refers to. */
  readonly media: readonly { readonly sha256: string; readonly extension: string }[];
}

/** Frames in the order of the log, page by page; the next page is asked for when the one before is written. */
export type ExportPages = AsyncIterable<readonly ExportRow[]>;
