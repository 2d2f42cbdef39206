import {
  IconActivity,
  IconBattery3,
  IconCompass,
  IconCurrentLocation,
  IconDeviceMobile,
  IconHourglass,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SensorState } from '../sensors/sensor-state';
import { usePhone } from '../stores/phone-store';
import {
  formatAccuracy,
  formatAge,
  formatBattery,
  formatDegrees,
  formatMotion,
  formatNumber,
  formatOrientation,
  formatSpeed,
} from './format';
import { SensorRow } from './sensor-row';

interface TileProps {
  readonly icon: typeof IconActivity;
  readonly name: string;
  readonly value: string;
  /** Smaller, beside the name. */
  readonly aside?: string | null;
  readonly state: SensorState['kind'] | 'some';
  readonly testId: string;
}

const Tile = ({ icon: Icon, name, value, aside, state, testId }: TileProps) => (
  <div className="tile" data-state={state} data-testid={testId}>
    <span className="tile-name">
      <Icon className="tile-icon" size={18} stroke={1.8} aria-hidden="true" />
      {name}
    </span>
    <span className="tile-line">
      <span className="tile-value" data-words={!/\p{N}/u.test(value)}>
        {value}
      </span>
      {aside && <span className="tile-aside">{aside}</span>}
    </span>
  </div>
);

/** What one look must tell: where, how much waits, how long the battery lasts, whether the screen stays on. */
export function Glance({ nowMs }: { readonly nowMs: number }) {
  const { t, i18n } = useTranslation();
  const { counts, readings, sensors } = usePhone();
  const { fix, battery } = readings;
  const { position, screen } = sensors;
  const hints = [position, screen].flatMap((state) => ('hint' in state && state.hint ? [state.hint] : []));
  return (
    <section aria-label={t('stream.glance')} className="glance">
      <Tile
        icon={IconCurrentLocation}
        name={t('sensor.position')}
        value={fix ? formatAccuracy(i18n.language, fix.position.accuracy) : t(`sensor.is.${position.kind}`)}
        aside={fix && formatAge(t, nowMs - fix.fixedAtMs)}
        state={position.kind}
        testId="sensor-position"
      />
      <Tile
        icon={IconHourglass}
        name={t('counts.waiting')}
        value={formatNumber(i18n.language, counts.waiting)}
        state={counts.waiting > 3 ? 'some' : 'on'}
        testId="glance-waiting"
      />
      <Tile
        icon={IconBattery3}
        name={t('sensor.battery')}
        value={battery === null ? t('sensor.is.missing') : formatBattery(i18n.language, battery)}
        state={battery === null ? 'missing' : battery < 0.2 ? 'waiting' : 'on'}
        testId="sensor-battery"
      />
      <Tile
        icon={IconDeviceMobile}
        name={t('sensor.screen')}
        value={screen.kind === 'on' ? t('sensor.keptOn') : t('sensor.byHand')}
        state={screen.kind}
        testId="sensor-screen"
      />
      {hints.map((hint) => (
        <p key={hint} className="glance-hint">
          {t(`sensor.hint.${hint}`)}
        </p>
      ))}
    </section>
  );
}

/** The rest of what is sensed. */
export function SensorList() {
  const { t, i18n } = useTranslation();
  const { readings, sensors } = usePhone();
  const { fix, orientation, motion } = readings;
  return (
    <>
      {fix && (
        <p className="quiet">
          <bdi dir="ltr">
            {formatDegrees(fix.position.latitude)}, {formatDegrees(fix.position.longitude)}
          </bdi>
          {fix.position.speed !== null && ` · ${formatSpeed(i18n.language, fix.position.speed)}`}
        </p>
      )}
      <ul className="sensors" aria-label={t('sensor.label')}>
        <SensorRow
          sensor="orientation"
          icon={IconCompass}
          state={sensors.orientation}
          value={orientation && formatOrientation(t, orientation)}
        />
        <SensorRow
          sensor="motion"
          icon={IconActivity}
          state={sensors.motion}
          value={motion && formatMotion(i18n.language, motion)}
        />
      </ul>
    </>
  );
}
