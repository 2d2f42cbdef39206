import type { Device } from '../../common/model/device';
import type { TrailPoint } from '../../common/model/live-device';
import type { Session } from '../../common/model/session';
import type { AuditPage, AuditQuery } from './audit';
import type { Failure } from './failure';
import type { LogRange, MergedDevice } from './statements/read-statements';
import type { StopSign } from './stop-sign';
import type {
  Backup,
  Beside,
  DeviceCustody,
  ExportRow,
  FramePage,
  FrameQuery,
  FrameSelection,
  LatestOfDevice,
  LostMedia,
  MediaFile,
  ReadStore,
  RetentionLimits,
  RetentionPlan,
  TrackCheckpoint,
} from './store';

type CustodyQuery = Parameters<ReadStore['custody']>[0];

/** What a reader is started with. */
export interface ReaderData {
  readonly dataDir: string;
  /** Up: questions that take long are to be refused; the reader closes. */
  readonly stopSign: StopSign;
}

/** What was settled when an export was opened; handed back with every page. */
export interface ExportScope {
  readonly range: LogRange;
  /** Whose frames are shown as somebody else's. */
  readonly merged: readonly MergedDevice[];
  readonly totalFrames: number;
  readonly session: Session | null;
}

/** Every question to a reader: parameters and result. */
export interface ReaderCalls {
  hubId: { params: null; result: string };
  sessions: { params: null; result: readonly Session[] };
  devices: { params: null; result: readonly Device[] };
  frames: { params: FrameQuery; result: FramePage };
  latest: { params: { readonly sessionId: string }; result: readonly LatestOfDevice[] };
  track: {
    params: { readonly deviceId: string; readonly sessionId: string; readonly limit: number };
    result: readonly TrailPoint[];
  };
  trackCheckpoints: { params: { readonly sessionId: string }; result: readonly TrackCheckpoint[] };
  mediaTotals: { params: null; result: { readonly files: number; readonly bytes: number } };
  media: { params: { readonly sha256: string }; result: MediaFile | null };
  custody: { params: CustodyQuery; result: readonly DeviceCustody[] };
  deviceCounts: { params: { readonly deviceId: string }; result: { readonly framesTotal: number } };
  audit: { params: AuditQuery; result: AuditPage };
  /** Of free pages in the database, which frames fill before the file grows. */
  reusableBytes: { params: null; result: number };
  /** See check-log.ts. */
  check: { params: null; result: readonly string[] };
  /** See lost-media.ts. */
  lostMedia: { params: null; result: LostMedia };
  retentionPlan: { params: RetentionLimits; result: RetentionPlan };
  backup: { params: { readonly target: string }; result: Backup };
  /** @returns bytes of what is beside */
  completeBackup: { params: { readonly target: string; readonly besides: readonly Beside[] }; result: number };
  openExport: { params: FrameSelection; result: ExportScope };
  exportPage: {
    /** `after`: id of the last frame of the page before, 0 for the first. */
    params: Pick<ExportScope, 'range' | 'merged'> & { readonly after: number; readonly limit: number };
    /** `damaged`: left out. `next`: where the next page begins; null: this was the last. */
    result: { readonly rows: readonly ExportRow[]; readonly damaged: number; readonly next: number | null };
  };
}

/** The name of a question. */
export type ReaderCallName = keyof ReaderCalls;

/** A question under way. */
export type ReaderRequest = {
  [N in ReaderCallName]: { readonly id: number; readonly call: N; readonly params: ReaderCalls[N]['params'] };
}[ReaderCallName];

/** What a reader says. `id` null: it could not be opened. */
export type ReaderReport =
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown; readonly tookMs: number }
  /** It met damage. The question is answered all the same, without what is damaged, or fails by itself. */
  | { readonly kind: 'damaged'; readonly finding: string }
  | { readonly kind: 'failed'; readonly id: number | null; readonly failure: Failure };
