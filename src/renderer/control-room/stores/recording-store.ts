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
  /** Of the session whose list was asked for last, oldest first; null before the answer. */
  readonly listed: readonly Recording[] | null;
  readonly listedSessionId: string | null;
  readonly putOwn: (shareId: string, recording: OwnRecording) => void;
  readonly removeOwn: (shareId: string) => void;
  readonly setListed: (sessionId: string, recordings: readonly Recording[] | null) => void;
  readonly follow: (payload: EventPayload<'recording.changed'>) => void;
}

export const useRecordingStore = create<RecordingState>()((set) => ({
  own: new Map(),
  listed: null,
  listedSessionId: null,
  putOwn: (shareId, recording) => set(({ own }) => ({ own: new Map(own).set(shareId, recording) })),
  removeOwn: (shareId) =>
    set(({ own }) => {
      const left = new Map(own);
      left.delete(shareId);
      return { own: left };
    }),
  setListed: (listedSessionId, listed) => set({ listedSessionId, listed }),
  follow: ({ recording, isGone }) =>
    set(({ listed, listedSessionId }) =>
      listed && recording.sessionId === listedSessionId ? { listed: withChange(listed, recording, isGone) } : {},
    ),
}));

function withChange(listed: readonly Recording[], recording: Recording, isGone: boolean): readonly Recording[] {
  const isSame = ({ recordingId }: Recording): boolean => recordingId === recording.recordingId;
  if (isGone) return listed.filter((one) => !isSame(one));
  return listed.some(isSame) ? listed.map((one) => (isSame(one) ? recording : one)) : [...listed, recording];
}
