import type { StoredFrame } from '../../../src/common/model/frame';
import { liveTimeOf } from '../../../src/common/model/live-time';
import type { LiveState, Presence } from '../../../src/main/hub/live-state';
import { LoggedFrame } from '../../../src/main/hub/logged-frame';
import { parseFrame } from '../../../src/main/ingest/frame-parser';
import { T0 } from './test-clock';

let nextId = 1;

/** A stored frame as the way in makes it: `data` goes through the parser. */
export function storedFrame(data: object, fields: Partial<StoredFrame> = {}): StoredFrame {
  const parsed = parseFrame(data);
  const { capturedAtMs = parsed.capturedAtMs, receivedAtMs = T0, correctedAtMs = null } = fields;
  return {
    frameId: nextId++,
    sessionId: 's1',
    deviceId: 'd1',
    boot: null,
    seq: null,
    capturedAtMs,
    receivedAtMs,
    correctedAtMs,
    liveAtMs: liveTimeOf({ capturedAtMs, receivedAtMs, correctedAtMs }),
    batteryPct: parsed.battery === null ? null : parsed.battery * 100,
    source: 'perch',
    flags: parsed.flags,
    data: parsed.data,
    ...fields,
  };
}

/** The live state takes in a frame just stored, as the log hands it over. */
export function apply(live: LiveState, frame: StoredFrame, presence: Presence): void {
  const parsed = { ...parseFrame({}), data: frame.data, body: JSON.stringify(frame.data) };
  const logged = new LoggedFrame({ ...frame, parsed }, frame);
  logged.dropData();
  live.apply(logged, () => presence);
}
