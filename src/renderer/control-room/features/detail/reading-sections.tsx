import type { LiveDevice } from '../../../../common/model/live-device';
import type { DetectedObject, Motion, Orientation, Reading, Weather } from '../../../../common/model/readings';
import { formatClock } from '../../format/clock';
import { formatBearing, formatCount, formatQuantity, MISSING } from '../../format/quantity';
import { systemWords } from '../../format/system-words';
import { formatDelay, formatDuration } from '../../format/time';
import { useClockStore } from '../../stores/clock-store';
import { countObjects } from './count-objects';
import styles from './detail.module.css';
import { Fact, Section } from './section';
import { weatherWord } from './weather-word';

/** The phone and its link. */
export function DeviceSection({ device }: { readonly device: LiveDevice }) {
  const nowMs = useClockStore((state) => state.nowMs);
  const { batteryPct, connectedAtMs, delayMs } = device;
  return (
    <Section title="Link">
      <dl className={styles.facts}>
        <Fact label="Rate">{formatQuantity(device.rateHz, 'frames/s', 1)}</Fact>
        <Fact label={device.charging === true ? 'Charging' : 'Battery'}>{formatQuantity(batteryPct, '%')}</Fact>
        <Fact label="Frames">{formatCount(device.frames)}</Fact>
        <Fact label="Refused">{formatCount(device.refused)}</Fact>
        <Fact label="Delay">{delayMs === null ? MISSING : formatDelay(delayMs)}</Fact>
        <Fact label="Connected">{connectedAtMs === null ? MISSING : formatDuration(nowMs - connectedAtMs)}</Fact>
        <Fact label="Clock" wide>
          <span data-testid="clock">{formatClock(device.clock)}</span>
        </Fact>
        {device.visibility === 'hidden' && (
          <Fact label="Page" wide>
            in the background: its sensors rest
          </Fact>
        )}
        <Fact label="Address" wide>
          {device.address ?? MISSING}
        </Fact>
        <Fact label="Platform" wide>
          <span title={device.platform ?? undefined}>{systemWords(device.platform, null) ?? MISSING}</span>
        </Fact>
      </dl>
    </Section>
  );
}

export function MotionSection({ motion }: { readonly motion: Reading<Motion> | null }) {
  const value = motion?.value ?? null;
  const axis = (label: string, acceleration: number | null, rotation: number | null) => (
    <tr>
      <th scope="row">{label}</th>
      <td>{formatQuantity(acceleration, 'm/s²', 2)}</td>
      <td>{formatQuantity(rotation, '°/s', 1)}</td>
    </tr>
  );
  return (
    <Section title="Motion" atMs={motion?.atMs ?? null}>
      {value && (
        <table className={styles.axes}>
          <thead>
            <tr>
              <th aria-label="Axis" />
              <th scope="col">Acceleration</th>
              <th scope="col">Rotation</th>
            </tr>
          </thead>
          <tbody>
            {axis('x', value.accelerationX, value.rotationBeta)}
            {axis('y', value.accelerationY, value.rotationGamma)}
            {axis('z', value.accelerationZ, value.rotationAlpha)}
          </tbody>
        </table>
      )}
    </Section>
  );
}

export function OrientationSection({ orientation }: { readonly orientation: Reading<Orientation> | null }) {
  const value = orientation?.value ?? null;
  return (
    <Section title="Orientation" atMs={orientation?.atMs ?? null}>
      {value && (
        <dl className={styles.facts} data-columns="3">
          <Fact label={value.absolute === true ? 'Alpha (north)' : 'Alpha'}>{formatQuantity(value.alpha, '°', 1)}</Fact>
          <Fact label="Beta">{formatQuantity(value.beta, '°', 1)}</Fact>
          <Fact label="Gamma">{formatQuantity(value.gamma, '°', 1)}</Fact>
        </dl>
      )}
    </Section>
  );
}

export function WeatherSection({ weather }: { readonly weather: Reading<Weather> | null }) {
  const value = weather?.value ?? null;
  return (
    <Section title="Weather" atMs={weather?.atMs ?? null} isOccasional>
      {value && (
        <dl className={styles.facts}>
          <Fact label="Temperature">{formatQuantity(value.temperature, '°C', 1)}</Fact>
          <Fact label="Humidity">{formatQuantity(value.humidity, '%')}</Fact>
          <Fact label="Wind">{formatQuantity(value.windSpeed, 'km/h')}</Fact>
          <Fact label="Wind from">{formatBearing(value.windDirection)}</Fact>
          <Fact label="Rain">{formatQuantity(value.precipitation, 'mm', 1)}</Fact>
          <Fact label="Cloud">{formatQuantity(value.cloudCover, '%')}</Fact>
          {value.weatherCode !== null && (
            <Fact label="Sky" wide>
              {weatherWord(value.weatherCode)}
            </Fact>
          )}
        </dl>
      )}
    </Section>
  );
}

export function ObjectsSection({ objects }: { readonly objects: Reading<readonly DetectedObject[]> | null }) {
  return (
    <Section title="Detected objects" atMs={objects?.atMs ?? null} isOccasional>
      {objects && (
        <ul className={styles.objects}>
          {objects.value.length === 0 && <li>nothing</li>}
          {countObjects(objects.value).map(({ kind, count, bestScore }) => (
            <li key={kind}>
              {count === 1 ? kind : `${count} × ${kind}`}
              {bestScore !== null && <span>{formatQuantity(bestScore * 100, '%')}</span>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
