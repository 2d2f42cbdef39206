import { create } from 'zustand';
import type { EventPayload } from '../../../common/contract/events';
import type { Recording } from '../../../common/model/recording';

/** A recording that this control room makes, or is to make again as soon as there is something to record. */
interface OwnRecording {
  readonly state: 'waiting' | 'recording';
  /** This machine's clock; null while it waits. */
  readonly beganAtMs: number | null;
  readonly bytes: number;
}

interface RecordingState {
  /** By share id: what the operator has on. */
  readonly own: ReadonlyMap<string, OwnRecording>;
  /** By recording id: what is being recorded just now, here and in other control rooms. */
  readonly running: ReadonlyMap<string, Recording>;
  /** Recording ids that this control room began. */
  readonly begun: ReadonlySet<string>;
  /** Of the session whose list was asked for last, oldest first; null before the answer. */
  readonly listed: readonly Recording[] | null;
  readonly listedSessionId: string | null;
  readonly putOwn: (shareId: string, recording: OwnRecording) => void;
  readonly removeOwn: (shareId: string) => void;
  readonly noteBegun: (recordingId: string) => void;
  /** All of the current session, as the hub told them. */
  readonly setRunning: (recordings: readonly Recording[]) => void;
  readonly setListed: (sessionId: string, recordings: readonly Recording[] | null) => void;
  readonly follow: (payload: EventPayload<'recording.changed'>) => void;
}

export const useRecordingStore = create<RecordingState>()((set) => ({
  own: new Map(),
  running: new Map(),
  begun: new Set(),
  listed: null,
  listedSessionId: null,
  putOwn: (shareId, recording) => set(({ own }) => ({ own: new Map(own).set(shareId, recording) })),
  removeOwn: (shareId) =>
    set(({ own }) => {
      const left = new Map(own);
      left.delete(shareId);
      return { own: left };
    }),
  noteBegun: (recordingId) => set(({ begun }) => ({ begun: new Set([...begun, recordingId]) })),
  setRunning: (recordings) =>
    set({ running: new Map(recordings.filter(isRunning).map((one) => [one.recordingId, one])) }),
  setListed: (listedSessionId, listed) => set({ listedSessionId, listed }),
  follow: ({ recording, isGone }) =>
    set(({ listed, listedSessionId, running }) => ({
      ...(isRunning(recording) || running.has(recording.recordingId)
        ? { running: withRunning(running, recording, isGone) }
        : {}),
      ...(listed && recording.sessionId === listedSessionId ? { listed: withChange(listed, recording, isGone) } : {}),
    })),
}));

/** Whether another control room records this share. */
export function isRecordedElsewhere(
  { running, begun }: Pick<RecordingState, 'running' | 'begun'>,
  shareId: string,
): boolean {
  for (const recording of running.values()) {
    if (shareIdOf(recording) === shareId && !begun.has(recording.recordingId)) return true;
  }
  return false;
}

const isRunning = ({ state }: Recording): boolean => state === 'recording';

/** What the wall calls the share of a recording; null: that of a stranger, whose name the hub did not note. */
function shareIdOf({ source, deviceId, ...recording }: Recording): string | null {
  if ('shareId' in recording && typeof recording.shareId === 'string') return recording.shareId;
  return deviceId === null ? null : `${{ webrtc: 'phone', whip: 'whip', mjpeg: 'mjpeg' }[source]}:${deviceId}`;
}

function withRunning(
  running: ReadonlyMap<string, Recording>,
  recording: Recording,
  isGone: boolean,
): ReadonlyMap<string, Recording> {
  const next = new Map(running);
  if (isGone || !isRunning(recording)) next.delete(recording.recordingId);
  else next.set(recording.recordingId, recording);
  return next;
}

function withChange(listed: readonly Recording[], recording: Recording, isGone: boolean): readonly Recording[] {
  const isSame = ({ recordingId }: Recording): boolean => recordingId === recording.recordingId;
  if (isGone) return listed.filter((one) => !isSame(one));
  return listed.some(isSame) ? listed.map((one) => (isSame(one) ? recording : one)) : [...listed, recording];
}
