import { create } from 'zustand';
import type { KickCode, PhoneConfig } from '../../../common/wire/ingest';
import { NO_READINGS, type Readings } from '../capture/readings';
import type { Saving } from '../capture/saving';
import type { LinkState } from '../link/link-state';
import type { Notice } from '../operator/notice';
import type { QueueCounts } from '../queue/frame-queue';
import { SENSORS, type SensorName, type SensorState } from '../sensors/sensor-state';
import type { ReasonCode, TroubleCode } from './codes';

/** Where the person is: before Start, sending, or after Stop. */
type Stage = 'ready' | 'streaming' | 'stopped';

export type PhotoState = 'none' | 'working' | 'kept' | 'failed';

/** An audio note. `startedAtMs`: device clock while recording, else null. */
export interface AudioNote {
  readonly state: 'none' | 'recording' | 'working' | 'kept' | 'failed';
  readonly startedAtMs: number | null;
}

/** Whether the hub has it on its disk. `unsent`: this phone could not keep it, and it is not there yet either. */
type WordState = 'queued' | 'stored' | 'unsent';

/** What the person said last. */
export interface LastWord {
  readonly kind: 'text' | 'check-in';
  readonly state: WordState;
}

/** What the screen shows; written by the phone session only. */
export interface PhoneState {
  readonly stage: Stage;
  readonly name: string;
  /** 0 to 9; null: the hub chooses. */
  readonly colour: number | null;
  readonly link: LinkState;
  /** How it is connected; null while it is not. `ws` is the plain listener. */
  readonly transport: 'wss' | 'ws' | 'https' | null;
  /** Host and port that are dialled. */
  readonly hubAddress: string;
  /** `pending`: the operator has yet to let this phone in; the queue waits for it. */
  readonly approval: 'active' | 'pending';
  /** What the operator wants sent; null until told. */
  readonly config: PhoneConfig | null;
  /** Frames a second that are made at the most just now. */
  readonly rateHz: number;
  /** Why that is less than the operator wants. */
  readonly saving: Saving;
  /** Whether this page load has ever been welcomed by the hub. */
  readonly everConnected: boolean;
  readonly counts: QueueCounts;
  /** Frames given up for lack of room or by the person, of all page loads. */
  readonly dropped: number;
  /** Photos and audio notes that wait. */
  readonly waitingMedia: number;
  /** What the queue holds, and what it may hold. */
  readonly storageBytes: number;
  readonly storageCapBytes: number;
  readonly readings: Readings;
  readonly sensors: Readonly<Record<SensorName, SensorState>>;
  /** Device clock of the last ack, ms since the epoch; null before the first. */
  readonly storedAtMs: number | null;
  /** About the last frame the hub refused. */
  readonly refusal: ReasonCode | null;
  /** Why the hub takes nothing just now. */
  readonly held: ReasonCode | null;
  /** What is wrong with the phone itself. */
  readonly trouble: TroubleCode | null;
  readonly photo: PhotoState;
  readonly audio: AudioNote;
  /** The last SOS, or its end (`active: false`); null when there was none. */
  readonly sos: { readonly active: boolean; readonly state: WordState } | null;
  readonly lastWord: LastWord | null;
  /** What the operator wants, newest first. */
  readonly notices: readonly Notice[];
  /** Between this phone and the hub and back, ms; null while not connected or not measured. */
  readonly roundTripMs: number | null;
  /** How far this phone's clock is ahead of the hub's, ms; null while not measured. */
  readonly clockAheadMs: number | null;
  /** What the operator wrote when taking this phone out; null when not taken out. */
  readonly kickReason: string | null;
  /** Why, when that was not the operator's own words. */
  readonly kickCode: KickCode | null;
}

const allOff = (): Record<SensorName, SensorState> => {
  const off: SensorState = { kind: 'off' };
  return Object.fromEntries(SENSORS.map((sensor) => [sensor, off])) as Record<SensorName, SensorState>;
};

export const usePhone = create<PhoneState>(() => ({
  stage: 'ready',
  name: '',
  colour: null,
  link: { kind: 'off' },
  transport: null,
  hubAddress: globalThis.location?.host ?? '',
  approval: 'active',
  config: null,
  rateHz: 1,
  saving: 'none',
  everConnected: false,
  counts: {
    captured: 0,
    delivered: 0,
    refused: 0,
    dropped: 0,
    bytes: 0,
    media: 0,
    waiting: 0,
    held: 0,
    capturedHere: null,
  },
  dropped: 0,
  waitingMedia: 0,
  storageBytes: 0,
  storageCapBytes: 0,
  readings: NO_READINGS,
  sensors: allOff(),
  storedAtMs: null,
  refusal: null,
  held: null,
  trouble: null,
  photo: 'none',
  audio: { state: 'none', startedAtMs: null },
  sos: null,
  lastWord: null,
  notices: [],
  roundTripMs: null,
  clockAheadMs: null,
  kickReason: null,
  kickCode: null,
}));

export const showSensor = (sensor: SensorName, state: SensorState): void =>
  usePhone.setState(({ sensors }) => ({ sensors: { ...sensors, [sensor]: state } }));

/** Back to no sensor on and no reading: what the screen shows after Stop. */
export const clearSensors = (): void => usePhone.setState({ sensors: allOff(), readings: NO_READINGS });
