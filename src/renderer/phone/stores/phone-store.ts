import { create } from 'zustand';
import { NO_READINGS, type Readings } from '../capture/readings';
import type { LinkState } from '../link/link-state';
import type { Notice } from '../operator/notice';
import type { QueueCounts } from '../queue/frame-queue';
import { SENSORS, type SensorName, type SensorState } from '../sensors/sensor-state';

/** Where the person is: before Start, sending, or after Stop. */
type Stage = 'ready' | 'streaming' | 'stopped';

export type PhotoState = 'none' | 'working' | 'kept' | 'failed';

/** What the screen shows; written by the phone session only. */
export interface PhoneState {
  readonly stage: Stage;
  readonly name: string;
  readonly link: LinkState;
  /** Whether this page load has ever been welcomed by the hub. */
  readonly everConnected: boolean;
  readonly counts: QueueCounts;
  readonly readings: Readings;
  readonly sensors: Readonly<Record<SensorName, SensorState>>;
  /** Device clock of the last ack, ms since the epoch; null before the first. */
  readonly storedAtMs: number | null;
  /** The hub's sentence about the last frame it refused. */
  readonly refusal: string | null;
  /** Why the hub takes nothing just now. */
  readonly held: string | null;
  /** What is wrong with the phone itself, as a sentence. */
  readonly trouble: string | null;
  readonly photo: PhotoState;
  /** What the operator wants, newest first. */
  readonly notices: readonly Notice[];
  /** Between this phone and the hub and back, ms; null while not connected or not measured. */
  readonly roundTripMs: number | null;
  /** What the operator wrote when taking this phone out; null when not taken out. */
  readonly kickReason: string | null;
}

const allOff = (): Record<SensorName, SensorState> => {
  const off: SensorState = { kind: 'off' };
  return Object.fromEntries(SENSORS.map((sensor) => [sensor, off])) as Record<SensorName, SensorState>;
};

export const usePhone = create<PhoneState>(() => ({
  stage: 'ready',
  name: '',
  link: { kind: 'off' },
  everConnected: false,
  counts: { captured: 0, delivered: 0, refused: 0, waiting: 0 },
  readings: NO_READINGS,
  sensors: allOff(),
  storedAtMs: null,
  refusal: null,
  held: null,
  trouble: null,
  photo: 'none',
  notices: [],
  roundTripMs: null,
  kickReason: null,
}));

export const showSensor = (sensor: SensorName, state: SensorState): void =>
  usePhone.setState(({ sensors }) => ({ sensors: { ...sensors, [sensor]: state } }));

/** Back to no sensor on and no reading: what the screen shows after Stop. */
export const clearSensors = (): void => usePhone.setState({ sensors: allOff(), readings: NO_READINGS });
