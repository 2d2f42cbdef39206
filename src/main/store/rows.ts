import type { Device, DeviceAccess, IdentityKind } from '../../common/model/device';
import type { FrameSource, JsonObject, StoredFrame } from '../../common/model/frame';
import type { Session } from '../../common/model/session';
import type { ExportRow } from './store';

/** As selected by `devices`. */
export interface DeviceRow extends Omit<Device, 'identity' | 'isClaimed' | 'access'> {
  readonly identity: string;
  readonly isClaimed: number;
  readonly access: string;
}

/** As selected by `sessions`, `sessionById` and `currentSession`. */
export interface SessionRecord extends Session {
  /** Row id. */
  readonly session: number;
}

/** As selected by the frame statements. */
export interface FrameRecord extends Omit<ExportRow, 'media'> {
  readonly boot: string | null;
  readonly seq: number | null;
  readonly liveAtMs: number;
}

/** From a row of the table to the noun. The casts hold because only the writer fills the table, from the noun. */
export function toDevice(row: DeviceRow): Device {
  return {
    ...row,
    identity: row.identity as IdentityKind,
    isClaimed: row.isClaimed === 1,
    access: row.access as DeviceAccess,
  };
}

/** From a row of the table to the noun. */
export function toSession({ sessionId, name, startedAtMs, endedAtMs, frames, devices }: SessionRecord): Session {
  return { sessionId, name, startedAtMs, endedAtMs, frames, devices };
}

/** From a row of the table to the noun. @param data its body, read by sound-frame.ts */
export function toStoredFrame(row: FrameRecord, data: JsonObject): StoredFrame {
  return {
    frameId: row.frameId,
    sessionId: row.sessionId,
    deviceId: row.deviceId,
    boot: row.boot,
    seq: row.seq,
    capturedAtMs: row.capturedAtMs,
    receivedAtMs: row.receivedAtMs,
    correctedAtMs: row.correctedAtMs,
    liveAtMs: row.liveAtMs,
    batteryPct: row.batteryPct,
    source: row.source as FrameSource,
    flags: row.flags === '' ? [] : row.flags.split(';'),
    data,
  };
}
