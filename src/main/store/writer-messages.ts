import type { SeqRange } from '../../common/model/delivery';
import type { Device } from '../../common/model/device';
import type { JsonObject } from '../../common/model/frame';
import { liveTimeOf } from '../../common/model/live-time';
import type { NewAuditEntry } from './audit';
import type { Failure } from './failure';
import { bitsOf, contentOf, type FrameContent, kindsOf } from './frame-content';
import type { EraseCursor, EraseStep, EraseTarget } from './session-eraser';
import type { StopSign } from './stop-sign';
import type { DeviceKeyRow, NewFrame, Salvage, SessionRow, StoreContents, TrackCheckpoint } from './store';

/** What the writer is started with. */
export interface WriterData {
  readonly dataDir: string;
  readonly maxPages: number | null;
  /** Up: a salvage under way is to be left for the next start. */
  readonly stopSign: StopSign;
}

/** A row to insert or update. */
export type RowSave =
  | { readonly table: 'devices'; readonly row: Device }
  | { readonly table: 'sessions'; readonly row: SessionRow }
  | { readonly table: 'device_keys'; readonly row: DeviceKeyRow }
  /** Every key of the device goes. */
  | { readonly table: 'device_keys_gone'; readonly row: { readonly deviceId: string } }
  | { readonly table: 'settings'; readonly row: { readonly name: string; readonly value: string } }
  | { readonly table: 'track_checkpoints'; readonly row: TrackCheckpoint & { readonly sessionId: string } }
  /** Of a device, or of all (null). */
  | {
      readonly table: 'track_checkpoints_gone';
      readonly row: { readonly sessionId: string; readonly deviceId: string | null };
    }
  | { readonly table: 'audit'; readonly row: NewAuditEntry };

type Cell = string | number | null;

/** Cells of one frame in {@link CommitRequest.cells}. Flat primitives cross threads at a third of the cost of objects. */
const CELLS_PER_FRAME = 16;

/** A media file of the frame at this index of the request. */
export interface PackedMedia {
  readonly frame: number;
  readonly sha256: string;
  readonly mime: string;
  readonly extension: string;
  readonly bytes: Uint8Array;
}

/** A batch whose frames are in the same request; asked of its boot: how far is it settled? */
export interface PackedBatch {
  /** How many frames. */
  readonly count: number;
  readonly refusedSeqs: readonly number[];
  /** What the phone gave up, and the session it is counted in. */
  readonly dropped: { readonly ranges: readonly SeqRange[]; readonly sessionId: string } | null;
  readonly deviceId: string;
  readonly boot: string;
}

/** Frames refused before they came to the store: only counted. */
export interface PackedRefusal {
  readonly sessionId: string;
  readonly deviceId: string;
  readonly code: string;
  readonly count: number;
}

/** Everything called within one turn of the event loop. Rows are saved before frames. */
export interface CommitRequest {
  readonly kind: 'commit';
  readonly rows: RowSave[];
  readonly cells: Cell[];
  readonly media: PackedMedia[];
  readonly batches: PackedBatch[];
  readonly refusals: PackedRefusal[];
}

/** What the facade asks of the writer. Answered in order. */
export type WriterRequest = CommitRequest | { readonly kind: 'salvage' } | EraseRequest | CloseRequest;

/** One step of an erasure; `after` null: the first. */
interface EraseRequest {
  readonly kind: 'erase';
  readonly target: EraseTarget;
  readonly after: EraseCursor | null;
}

/** `isChecked` false: an unclean stop before this run is still to be looked into. */
interface CloseRequest {
  readonly kind: 'close';
  readonly isChecked: boolean;
}

/** Outcome of a frame other than its id (> 0). */
export const DUPLICATE = 0;
/** Its device or session was never saved: a bug of the caller. */
export const UNKNOWN_OWNER = -1;

/** Answer to one {@link CommitRequest}. */
export type CommitAnswer =
  | {
      readonly kind: 'committed';
      /** One for each frame: its id, {@link DUPLICATE} or {@link UNKNOWN_OWNER}. */
      readonly outcomes: readonly number[];
      /** One for each batch. */
      readonly upTo: readonly number[];
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** What the writer says. `answers`: to the oldest unanswered requests, all of one transaction. */
export type WriterReport =
  | {
      readonly kind: 'opened';
      readonly hubId: string;
      readonly contents: StoreContents;
      readonly wasUnclean: boolean;
      /** What was wrong with the database and what became of it; null: it could be opened. */
      readonly salvage: Salvage | null;
    }
  | { readonly kind: 'damaged'; readonly finding: string }
  | { readonly kind: 'erased'; readonly step: EraseStep }
  | { readonly kind: 'not_erased'; readonly failure: Failure }
  | { readonly kind: 'salvaged'; readonly salvage: Salvage }
  | { readonly kind: 'not_salvaged'; readonly failure: Failure }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'answers'; readonly answers: readonly CommitAnswer[]; readonly tookMs: number };

/** A frame as the writer reads it back from the cells. */
export interface PackedFrame
  extends Omit<NewFrame, 'flags' | 'media' | 'source' | 'itemHash' | 'data' | 'liveAtMs'>,
    FrameContent {
  readonly source: string;
  /** Joined with `;`. */
  readonly flags: string;
  readonly itemHash: string | null;
  readonly liveAtMs: number;
}

/** An empty request. */
export function newCommitRequest(): CommitRequest {
  return { kind: 'commit', rows: [], cells: [], media: [], batches: [], refusals: [] };
}

/** Frames in a request. */
export function frameCount(request: CommitRequest): number {
  return request.cells.length / CELLS_PER_FRAME;
}

/** Adds a frame; @returns its index in the request. */
export function packFrame(request: CommitRequest, frame: NewFrame): number {
  const index = frameCount(request);
  const { latitude, longitude, kinds } = contentOf(frame.data ?? (JSON.parse(frame.body) as JsonObject));
  request.cells.push(
    frame.deviceId,
    frame.sessionId,
    frame.source,
    frame.boot,
    frame.seq,
    frame.capturedAtMs,
    frame.receivedAtMs,
    frame.correctedAtMs,
    frame.batteryPct,
    frame.flags.join(';'),
    frame.body,
    frame.itemHash ?? null,
    latitude,
    longitude,
    bitsOf(kinds),
    frame.liveAtMs ?? liveTimeOf(frame),
  );
  for (const { sha256, mime, extension, bytes } of frame.media) {
    // A view is cloned with the whole buffer behind it, and small Buffers share one: copy out what is not alone.
    const isAlone = bytes.byteLength === bytes.buffer.byteLength;
    request.media.push({ frame: index, sha256, mime, extension, bytes: isAlone ? bytes : new Uint8Array(bytes) });
  }
  return index;
}

/** Reads the frame at an index back; the cells were written by {@link packFrame}, which fixes their types. */
export function unpackFrame(cells: readonly Cell[], index: number): PackedFrame {
  const at = index * CELLS_PER_FRAME;
  return {
    deviceId: cells[at] as string,
    sessionId: cells[at + 1] as string,
    source: cells[at + 2] as string,
    boot: cells[at + 3] as string | null,
    seq: cells[at + 4] as number | null,
    capturedAtMs: cells[at + 5] as number | null,
    receivedAtMs: cells[at + 6] as number,
    correctedAtMs: cells[at + 7] as number | null,
    batteryPct: cells[at + 8] as number | null,
    flags: cells[at + 9] as string,
    body: cells[at + 10] as string,
    itemHash: cells[at + 11] as string | null,
    latitude: cells[at + 12] as number | null,
    longitude: cells[at + 13] as number | null,
    kinds: kindsOf(cells[at + 14] as number),
    liveAtMs: cells[at + 15] as number,
  };
}
