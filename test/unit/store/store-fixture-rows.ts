import { createHash } from 'node:crypto';
import type { Device } from '../../../src/common/model/device';
import type { JsonObject } from '../../../src/common/model/frame';
import type { NewFrame, NewMedia, SessionRow } from '../../../src/main/store';
import { BLANK_DEVICE } from '../../helpers/blank-device';

/** 2026-11-21T20:05:35Z */
export const T0 = 1_795_291_535_000;

export function device(deviceId: string): Device {
  return {
    ...BLANK_DEVICE,
    deviceId,
    name: `Name of ${deviceId}`,
    identity: 'deviceId',
    externalId: `x-${deviceId}`,
    platform: 'Android 16',
    lastAddress: '192.168.1.7',
    firstSeenAtMs: T0,
    lastSeenAtMs: T0,
  };
}

export const session = (sessionId: string, change: Partial<SessionRow> = {}): SessionRow => ({
  sessionId,
  name: `Session ${sessionId}`,
  startedAtMs: T0,
  endedAtMs: null,
  ...change,
});

/** A frame of d1 in s1 with the given data. */
export function frame(data: JsonObject, change: Partial<NewFrame> = {}): NewFrame {
  return {
    deviceId: 'd1',
    sessionId: 's1',
    source: 'perch',
    boot: null,
    seq: null,
    capturedAtMs: null,
    receivedAtMs: T0,
    correctedAtMs: null,
    batteryPct: null,
    flags: [],
    body: JSON.stringify(data),
    media: [],
    ...change,
  };
}

/** Frame `seq` of boot b1. */
export const counted = (seq: number, change: Partial<NewFrame> = {}): NewFrame =>
  frame({ id: seq }, { boot: 'b1', seq, receivedAtMs: T0 + seq, ...change });

export function photo(text: string): NewMedia {
  const bytes = Buffer.from(text);
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    mime: 'image/jpeg',
    extension: 'jpg',
    bytes,
  };
}
