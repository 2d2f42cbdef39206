import { IconCurrentLocation } from '@tabler/icons-react';
import { usePhone } from '../stores/phone-store';
import { HINT_WORDS } from './engine-words';
import { formatAccuracy, formatAge, formatDegrees, formatSpeed } from './format';

const WORDS = { off: 'Off', waiting: 'Waiting', on: 'Waiting', refused: 'Refused', missing: 'None' } as const;

/** Where this phone says it is, how well it knows, and how old that is. */
export function PositionCard({ nowMs }: { readonly nowMs: number }) {
  const fix = usePhone((state) => state.readings.fix);
  const state = usePhone((phone) => phone.sensors.position);
  const hint = 'hint' in state ? state.hint : null;
  const position = fix?.position;
  return (
    <section className="position" data-state={state.kind} data-testid="sensor-position" aria-label="Position">
      <div className="position-line">
        <IconCurrentLocation className="position-icon" size={20} stroke={1.8} aria-hidden="true" />
        <span className="position-accuracy">{position ? formatAccuracy(position.accuracy) : WORDS[state.kind]}</span>
        {fix && <span className="position-age">{formatAge(nowMs - fix.fixedAtMs)}</span>}
      </div>
      {position && (
        <p className="position-where">
          {formatDegrees(position.latitude)}, {formatDegrees(position.longitude)}
          {position.speed !== null && <span className="position-speed">{formatSpeed(position.speed)}</span>}
        </p>
      )}
      {hint && <p className="position-hint">{HINT_WORDS[hint]}</p>}
    </section>
  );
}
