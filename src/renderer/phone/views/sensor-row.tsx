import type { IconCurrentLocation } from '@tabler/icons-react';
import type { SensorName, SensorState } from '../sensors/sensor-state';
import { HINT_WORDS } from './engine-words';

interface SensorRowProps {
  readonly sensor: SensorName;
  readonly label: string;
  readonly icon: typeof IconCurrentLocation;
  readonly state: SensorState;
  /** The latest value; shown only while the sensor is on. */
  readonly value: string | null;
  /** In place of `none`. */
  readonly missingWord?: string;
}

const WORDS: Record<SensorState['kind'], string> = {
  off: 'off',
  waiting: 'waiting',
  on: 'on',
  refused: 'refused',
  missing: 'none',
};

/** One sensor: its value while it is on, else what it is doing and what to press. */
export function SensorRow({ sensor, label, icon: Icon, state, value, missingWord }: SensorRowProps) {
  const word = state.kind === 'missing' && missingWord ? missingWord : WORDS[state.kind];
  const hint = 'hint' in state ? state.hint : null;
  return (
    <li className="sensor" data-state={state.kind} data-testid={`sensor-${sensor}`}>
      <Icon className="sensor-icon" size={20} stroke={1.8} aria-hidden="true" />
      <span className="sensor-label">{label}</span>
      <span className="sensor-value">{state.kind === 'on' ? (value ?? 'on') : word}</span>
      {hint && <span className="sensor-hint">{HINT_WORDS[hint]}</span>}
    </li>
  );
}
