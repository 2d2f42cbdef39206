import type { IconCurrentLocation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SensorName, SensorState } from '../sensors/sensor-state';

interface SensorRowProps {
  readonly sensor: SensorName;
  readonly icon: typeof IconCurrentLocation;
  readonly state: SensorState;
  /** The latest value; shown only while the sensor is on. */
  readonly value: string | null;
}

/** One sensor: its value while it is on, else what it is doing and what to press. */
export function SensorRow({ sensor, icon: Icon, state, value }: SensorRowProps) {
  const { t } = useTranslation();
  const hint = 'hint' in state ? state.hint : null;
  return (
    <li className="sensor" data-state={state.kind} data-testid={`sensor-${sensor}`}>
      <Icon className="sensor-icon" size={20} stroke={1.8} aria-hidden="true" />
      <span className="sensor-label">{t(`sensor.${sensor}`)}</span>
      <span className="sensor-value">{state.kind === 'on' && value ? value : t(`sensor.is.${state.kind}`)}</span>
      {hint && <span className="sensor-hint">{t(`sensor.hint.${hint}`)}</span>}
    </li>
  );
}
