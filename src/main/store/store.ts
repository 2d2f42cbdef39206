import type { AppendOutcome, Receipt, SeqRange } from '../../common/model/delivery';
import type { Device } from '../../common/model/device';
import type { FrameSource, JsonObject, StoredFrame } from '../../common/model/frame';
import type { TrailPoint } from '../../common/model/live-device';
import type { MediaReference } from '../../common/model/media';
import type { Session } from '../../common/model/session';
import type { AuditPage, AuditQuery, NewAuditEntry } from './audit';

export type { AuditPage, AuditQuery, NewAuditEntry } from './audit';

/** How much the store has to say. */
export type StoreLog = (level: 'debug' | 'info' | 'warn' | 'error', message: string, detail?: object) => void;

/** How the disk is watched; only tests change it. */
export interface DiskWatchOptions {
  /** Free space for the hub, bytes; by default of the file system of the data folder. */
  readonly freeBytes?: () => Promise<number>;
  readonly intervalMs?: number;
}

/** What a store is opened with. */
export interface StoreOptions {
  /** Folder of everything kept; made (mode 0700) when missing. */
  readonly dataDir: string;
  readonly log?: StoreLog;
  /** Size limit of the database in SQLite pages (4 KiB); only tests set it, to see what a full disk does. */
  readonly maxPages?: number;
  /** Gives up to open it, with StoreError closed: a salvage takes as long as the log is large. Nothing has changed then. */
  readonly stop?: AbortSignal;
  /** How the disk is watched: every 10 s unless a test says otherwise. */
  readonly disk?: DiskWatchOptions;
}

/** A photo or audio note on its way to its file. */
export interface NewMedia {
  /** SHA-256 of `bytes`, 64 lower-case hex digits. */
  readonly sha256: string;
  readonly mime: string;
  /** Of the file name: 1 to 8 lower-case letters and digits, no dot. */
  readonly extension: string;
  readonly bytes: Uint8Array;
}

/** A frame on its way into the log. Field meanings: {@link StoredFrame}. Device and session must have been saved. */
export interface NewFrame {
  readonly deviceId: string;
  readonly sessionId: string;
  readonly source: FrameSource;
  readonly boot: string | null;
  readonly seq: number | null;
  /**
   * SHA-256 of the item as its app sent it, 64 lower-case hex digits: without a seq, the same item of the same device,
   * source and capturedAt (none equals none) is stored once. Null or absent: every frame is a new one.
   */
  readonly itemHash?: string | null;
  readonly capturedAtMs: number | null;
  readonly receivedAtMs: number;
  readonly correctedAtMs: number | null;
  /** Absent: by {@link liveTimeOf}, of a frame that is no backfill. */
  readonly liveAtMs?: number;
  readonly batteryPct: number | null;
  readonly flags: readonly string[];
  /** JSON of the stored frame: an object, media already replaced by references. */
  readonly body: string;
  /** `body` parsed, where the caller has it: it need not be parsed again. Looked at during the call only. */
  readonly data?: JsonObject;
  readonly media: readonly NewMedia[];
}

/** Answer to {@link Store.appendBatch}. */
export interface BatchOutcome {
  /** One for each frame, in their order. */
  readonly outcomes: readonly AppendOutcome[];
  /** Every seq from 1 to it of that boot is stored, refused or dropped; 0 when seq 1 is not. */
  readonly upTo: number;
}

/** Seqs of a boot that never came, oldest first. */
interface Holes {
  readonly boot: string;
  readonly ranges: readonly SeqRange[];
}

/** What came of the frames of one device in one session. Whatever was counted is durable. */
export interface DeviceCustody {
  readonly deviceId: string;
  readonly stored: number;
  /** Came again; stored once. */
  readonly duplicates: number;
  /** By code of the refusal. */
  readonly refused: Readonly<Record<string, number>>;
  /** Were stored, and erased on request. */
  readonly erased: number;
  /** Given up by the phone, as it said. */
  readonly dropped: number;
  /**
   * Seqs not settled between the first of a boot that was seen and the last. A hole belongs to the session in which the
   * frame after it came, and closes when it is filled, in whatever session.
   */
  readonly missing: number;
  /** Numbers of a boot below the first one that came, in the boot's first session: maybe they were another hub's. */
  readonly beforeFirst: number;
  /** Where, at most 1000 ranges in all. */
  readonly holes: readonly Holes[];
  /** Of frames and their media. */
  readonly bytes: number;
  /** receivedAtMs of the first and the last stored frame; null without one. */
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
  /** Stored frames whose delay was over the bound asked for; a bound of no whole step (see delays.ts) is rounded up. */
  readonly late: number;
  /**
   * From capture to receipt, by corrected time, else by the phone's where it can be meant; null when none is known. p50
   * and p95 are never less than the true value and over it by 12.5 % at most (below 10 ms: by less than 1 ms); max is exact.
   */
  readonly delay: { readonly p50Ms: number; readonly p95Ms: number; readonly maxMs: number } | null;
}

/** A session without its counters, which the store keeps by itself. */
export type SessionRow = Pick<Session, 'sessionId' | 'name' | 'startedAtMs' | 'endedAtMs'>;

/** A key issued to a phone. */
export interface DeviceKeyRow {
  /** Of the key; the key itself is never kept. */
  readonly hash: string;
  readonly deviceId: string;
  readonly issuedAtMs: number;
}

/** Which frames; null or absent: no bound. Times are receivedAtMs, both included. */
export interface FrameSelection {
  /** Of any device of a person; the person's are then chosen. */
  readonly deviceId?: string | null;
  /** An id, or `latest` = the current session; null = all. */
  readonly sessionId?: string | null;
  readonly fromMs?: number | null;
  readonly toMs?: number | null;
}

/** One page of the log. */
export interface FrameQuery extends FrameSelection {
  /** 1 to 1000. */
  readonly limit: number;
  /** Id of the last frame of the page before. */
  readonly after?: number | null;
}

/** A page and where the next one starts; `next` null at the end. */
export interface FramePage {
  readonly items: readonly StoredFrame[];
  readonly next: number | null;
}

/** What live state is rebuilt from after a restart, for one device of a session. */
export interface LatestOfDevice {
  readonly deviceId: string;
  /** Frames of it stored in the session. */
  readonly frames: number;
  readonly lastReceivedAtMs: number;
  /**
   * At most seven, by frameId: the newest of all, and the newest by the live rule with a position, orientation, motion,
   * weather, objects and photo. Fed to live state in this order they give what it held.
   */
  readonly newest: readonly StoredFrame[];
}

/** What a track stands at (hub/quality/track-state.ts): a restart goes on from there. */
export interface TrackCheckpoint {
  readonly deviceId: string;
  /** Id of a frame: every frame of the device in the session up to it is in. */
  readonly upTo: number;
  /** Id of a frame: so is, of every device of the session, every frame up to it in its newest checkpoint. */
  readonly allUpTo: number;
  readonly raw: Uint8Array;
  readonly clean: Uint8Array;
}

/** Where a media file is. */
export interface MediaFile extends MediaReference {
  readonly path: string;
  readonly extension: string;
}

/** One frame as the export rooms take it: everything joined, the frame itself still JSON. */
export interface ExportRow {
  readonly frameId: number;
  readonly sessionId: string;
  readonly sessionName: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly capturedAtMs: number | null;
  readonly receivedAtMs: number;
  readonly correctedAtMs: number | null;
  readonly batteryPct: number | null;
  readonly source: string;
  /** Joined with `;`. */
  readonly flags: string;
  readonly body: string;
  /** Files the body refers to. */
  readonly media: readonly { readonly sha256: string; readonly extension: string }[];
}

/** An export under way: the frames there were when it was opened, in the order of the log. */
export interface ExportRows {
  readonly totalFrames: number;
  /** The session exported; null for all. */
  readonly session: Session | null;
  /** Read one page at a time, the next only when asked for: the reader's pace is the back-pressure. */
  readonly pages: AsyncIterable<readonly ExportRow[]>;
  /** Left out so far, because the disk damaged them. */
  readonly damagedFrames: () => number;
}

/**
 * Questions about the log. Answered by a reader of its own: they never hold up ingest. A device that was merged stands for
 * the person that it is shown as, and what is counted or exported is by person; frames, and what is newest of each device,
 * come under the device that sent them.
 */
export interface ReadStore {
  readonly hubId: string;
  readonly dataDir: string;
  /** Newest first, with their counters. */
  listSessions(): Promise<readonly Session[]>;
  listDevices(): Promise<readonly Device[]>;
  /** Ordered by receivedAtMs, then frameId: the order of the log. `not_found`: no such device or session. */
  frames(query: FrameQuery): Promise<FramePage>;
  /** Of every device with a frame in the session, by device id. */
  latest(query: { readonly sessionId: string }): Promise<readonly LatestOfDevice[]>;
  /** Positions oldest first, at most `limit`; more are thinned by time over the whole session, the newest always kept. */
  track(query: {
    readonly deviceId: string;
    readonly sessionId: string;
    readonly limit: number;
  }): Promise<readonly TrailPoint[]>;
  /** As they were saved: whoever reads them looks at what is in them. */
  trackCheckpoints(query: { readonly sessionId: string }): Promise<readonly TrackCheckpoint[]>;
  /** null: no such file in the log. */
  media(sha256: string): Promise<MediaFile | null>;
  /** Of all kept files, once each. */
  mediaTotals(): Promise<{ readonly files: number; readonly bytes: number }>;
  /**
   * Of every device that has anything counted in the session, or of one, by device id.
   * `lateAfterMs`: delay from which a frame is late. `not_found`: no such device or session.
   */
  custody(query: {
    readonly sessionId: string;
    readonly deviceId?: string | null;
    readonly lateAfterMs: number;
  }): Promise<readonly DeviceCustody[]>;
  /** The audit log, newest first. */
  audit(query: AuditQuery): Promise<AuditPage>;
  /** Frames of a device in all sessions. */
  deviceCounts(deviceId: string): Promise<{ readonly framesTotal: number }>;
  /** `not_found`: no such device or session. */
  exportRows(selection: FrameSelection): Promise<ExportRows>;
  close(): Promise<void>;
}

/** Frames that could not be read: ids, both included, and when their neighbours came (receivedAtMs; null: no neighbour). */
interface LostFrames {
  readonly from: number;
  /** null: to the end of the log. */
  readonly to: number | null;
  readonly afterMs: number | null;
  readonly beforeMs: number | null;
}

/** What became of a damaged database: what could be read is in a new one. */
export interface Salvage {
  /** Name of the damaged file in the data folder. */
  readonly keptAs: string;
  /** Ids that were never given out may be among them. */
  readonly lostFrames: readonly LostFrames[];
  /** Other tables that lost rows; what refers to them has names that begin with "recovered". */
  readonly lostTables: readonly string[];
}

/** Files that the log refers to and that are gone or cut off. */
export interface LostMedia {
  readonly files: number;
  /** Names of those who sent them, at most 10. */
  readonly people: readonly string[];
}

/**
 * Room on the disk. `low`: below 1 GiB. `full`: below 64 MiB; frames are refused with storage_unavailable. Left upwards
 * when a quarter more is free.
 */
export type DiskLevel = 'ok' | 'low' | 'full';

/** The threads that are started again: what writes, what answers questions, and the check after an unclean stop. */
export type StoreThread = 'writer' | 'reader' | 'check';

/** What an operator has to know of the store. */
export type StoreTrouble =
  /** The last run did not stop as it should; the database is being checked while it serves. */
  | { readonly kind: 'unclean_stop' }
  /** The check after an unclean stop found nothing. */
  | { readonly kind: 'sound' }
  /** The check after an unclean stop missed media. They are whole again when their phones send them again. */
  | ({ readonly kind: 'media_lost' } & LostMedia)
  /** SQLite's words. It is being salvaged; what is written waits meanwhile. */
  | { readonly kind: 'damaged'; readonly findings: readonly string[] }
  | { readonly kind: 'salvaged'; readonly salvage: Salvage }
  /** The damaged database stays in use. It is tried again at the next start. */
  | { readonly kind: 'not_salvaged'; readonly reason: string }
  | { readonly kind: 'disk'; readonly level: DiskLevel; readonly freeBytes: number }
  /** A thread of the store ended by itself. What it had under way is refused; it is being started again. */
  | { readonly kind: 'thread_crashed'; readonly thread: StoreThread }
  /** It works again. */
  | { readonly kind: 'thread_back'; readonly thread: StoreThread }
  /** It crashed three times within a minute and stays down: what needs it is refused with storage_unavailable. */
  | { readonly kind: 'thread_down'; readonly thread: StoreThread };

/** When sessions are too old or too much; null: no limit. */
export interface RetentionLimits {
  /** Since the end of the session. */
  readonly maxAgeMs: number | null;
  /** Of all sessions, see {@link RetentionPlan}. */
  readonly maxBytes: number | null;
  /** Kept of a session beside the log and its media, recordings; by session id. */
  readonly besides: Readonly<Record<string, number>>;
  /** By the hub's clock. */
  readonly nowMs: number;
}

/** What would go, oldest first; nothing has. */
export interface RetentionPlan {
  readonly sessions: readonly {
    readonly sessionId: string;
    readonly name: string;
    readonly endedAtMs: number;
    readonly frames: number;
    /** Media, what is kept beside, and its share of the database as it is on the disk. */
    readonly bytes: number;
  }[];
  readonly frames: number;
  readonly bytes: number;
}

/** Files of the data folder that a backup has beside log and media. Each grows, or is replaced whole under its name. */
export interface Beside {
  /** Inside the data folder; empty: itself. Not there: nothing is copied. */
  readonly folder: string;
  /** How the names end of those that are copied. */
  readonly ends: readonly string[];
  /** Of those among them that never grow: links where the file system has them. */
  readonly linkedEnds?: readonly string[];
}

/** A finished backup. */
export interface Backup {
  readonly mediaFiles: number;
  readonly mediaBytes: number;
  /** The database, the media and what is beside them, also where they are links. */
  readonly sizeBytes: number;
}

/** What is gone. */
export interface Erasure {
  readonly frames: number;
  readonly mediaFiles: number;
  /** SHA-256 of each of them: what was made of them is to go too. */
  readonly media: readonly string[];
}

/** What the store held when it was opened. */
export interface StoreContents {
  readonly devices: readonly Device[];
  readonly deviceKeys: readonly DeviceKeyRow[];
  /** By name. */
  readonly settings: Readonly<Record<string, string>>;
  /** Newest first. */
  readonly sessions: readonly Session[];
  /** Of the newest frame; null before the first. */
  readonly lastReceivedAtMs: number | null;
}

/**
 * The frame log: one writer, group commit. What is called within one turn of the event loop goes to the disk together, but for
 * very many frames: the writer begins with the first of them;
 * every promise and receipt settles after the fsync that made it durable, in the order of the calls. `storage_unavailable` means
 * that nothing of it is stored; the next call tries again by itself.
 */
export interface Store extends ReadStore {
  readonly atOpen: StoreContents;
  /** @param receipt told in the order of the calls; at once, when nothing can be stored now. */
  append(frame: NewFrame, receipt: Receipt): void;
  /**
   * Stores the frames of one batch and remembers the refused seqs as settled.
   * Frames must be of the device and boot named. `tell` is told what became of them in the order of the calls, as a receipt
   * is: before the promise, which settles later; it must not throw.
   */
  appendBatch(
    frames: readonly NewFrame[],
    refusedSeqs: readonly number[],
    of: { readonly deviceId: string; readonly boot: string },
    tell?: (outcomes: readonly AppendOutcome[]) => void,
  ): Promise<BatchOutcome>;
  /**
   * Remembers what a phone gave up as settled, and counts what is news. Ranges may overlap each other and what is stored.
   * @returns upTo, see {@link BatchOutcome}.
   */
  recordDropped(
    ranges: readonly SeqRange[],
    of: { readonly deviceId: string; readonly boot: string; readonly sessionId: string },
  ): Promise<number>;
  /**
   * Counts frames that were refused before they came here, by the code of the refusal; of a device or session never
   * saved nothing is counted. Refused seqs of a batch are settled by {@link Store.appendBatch}, and counted here.
   */
  recordRefused(
    code: string,
    count: number,
    of: { readonly deviceId: string; readonly sessionId: string },
  ): Promise<void>;
  /** See {@link BatchOutcome.upTo}. */
  settledUpTo(deviceId: string, boot: string): Promise<number>;
  /** Insert or update. A frame appended after it may refer to it. After a failed write it is tried again with the next one. */
  saveDevice(device: Device): Promise<void>;
  saveDeviceKey(key: DeviceKeyRow): Promise<void>;
  /** Forgets every key of a device. */
  deleteDeviceKeys(deviceId: string): Promise<void>;
  saveSetting(name: string, value: string): Promise<void>;
  /** Insert or update. A frame appended after it may refer to it. After a failed write it is tried again with the next one. */
  saveSession(session: SessionRow): Promise<void>;
  /** Those saved within one turn of the event loop are there together or not at all. */
  saveTrackCheckpoint(sessionId: string, checkpoint: TrackCheckpoint): Promise<void>;
  /** Of a device, or of all devices (null) in the session. An erasure takes them by itself, a salvage loses them all. */
  deleteTrackCheckpoints(sessionId: string, deviceId: string | null): Promise<void>;
  /** Adds to the audit log, which keeps the newest 100,000. */
  recordAudit(entry: NewAuditEntry): Promise<void>;
  /** Given to append and not yet settled. Over the limits of common/wire/limits.ts, sockets are to be paused. */
  readonly waiting: { readonly frames: number; readonly bytes: number };
  /** Called when what waits has fallen to half the limits after having reached them. Returns the unsubscriber. */
  onDrain(listener: () => void): () => void;
  /** The oldest ended sessions that the limits would take, never the current one. To ask first is the caller's business. */
  retentionPlan(limits: RetentionLimits): Promise<RetentionPlan>;
  /**
   * Deletes an ended session: frames, counters, and media that no other frame shows. In small steps, between which
   * frames are stored; cut short, what is left is still a session, with the counters it had, and can be erased again. Deleted rows are overwritten
   * in the file. Its seqs stay settled. `not_found`, `current_session`, `storage_unavailable`.
   */
  eraseSession(sessionId: string): Promise<Erasure>;
  /**
   * Deletes everything of a device, over all sessions: frames, counters, media that no other frame shows, and the words
   * about it in the audit log. In small steps; cut short, it can be begun again. Its seqs stay settled, and how many frames
   * went is counted in each session. Its name is the caller's to change. `not_found`, `storage_unavailable`.
   */
  eraseDevice(deviceId: string): Promise<Erasure>;
  /**
   * Copies log and media, as they are now, into a folder that is empty or not there; then `besides` is asked what else
   * belongs to it. It is a data folder then, without keys and the hub's CA. Frames are stored meanwhile. `unwritable`,
   * `storage_unavailable`: what was begun may be left there, and is no data folder.
   */
  backup(targetFolder: string, besides?: () => Promise<readonly Beside[]>): Promise<Backup>;
  /** Called with all trouble since it was opened, past and coming, in order. Returns the unsubscriber. */
  onTrouble(listener: (trouble: StoreTrouble) => void): () => void;
  /** Since it was opened. `commits`: transactions that reached the disk. */
  readonly stats: { readonly commits: number; readonly frames: number; readonly duplicates: number };
  /**
   * It will be closed soon: a salvage under way is given up, and what waits for it is stored in the log as it is. The next
   * start begins it anew.
   */
  hurry(): void;
  /** Commits what waits, moves the write-ahead log into the database, gives up the lock. Calls after it reject. */
  close(): Promise<void>;
}
