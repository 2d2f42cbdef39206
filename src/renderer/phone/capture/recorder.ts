import type { JsonObject } from '../../../common/model/frame';
import { PHONE_SENSORS, type PhoneSensor } from '../../../common/wire/ingest';
import { type BatteryReading, watchBattery } from '../sensors/battery';
import { watchMotion } from '../sensors/motion';
import { watchOrientation } from '../sensors/orientation';
import { askMotionPermission, toMotionRefusedHint } from '../sensors/permission';
import { type PositionWatch, watchPosition } from '../sensors/position';
import type { SensorName, SensorState, Stop } from '../sensors/sensor-state';
import { holdWakeLock } from '../sensors/wake-lock';
import { Pace } from './pace';
import {
  type FramePart,
  type Made,
  NO_READINGS,
  type Place,
  type Readings,
  toMadeFrame,
  toPlaceFrame,
  toSensorFrame,
} from './readings';

export interface RecorderListener {
  captured(frame: JsonObject, capturedAtMs: number): void;
  /** At most twice an interval: a phone tells its orientation 60 times a second. */
  read(readings: Readings): void;
  sensorChanged(sensor: SensorName, state: SensorState): void;
}

/** How long a sensor that only has events may stay silent before the row says that there is none. */
const SILENT_MS = 3_000;

/** Turns what the phone senses into frames while it runs. */
export class Recorder {
  readonly #listener: RecorderListener;
  readonly #pace: Pace<FramePart>;
  readonly #heard = new Set<SensorName>();
  readonly #refused = new Set<SensorName>();
  #readings: Readings = NO_READINGS;
  #stops: Stop[] = [];
  #sensors: readonly PhoneSensor[] = PHONE_SENSORS;
  readonly #watches = new Map<PhoneSensor, Stop>();
  #position: PositionWatch | null = null;

  constructor(intervalMs: number, listener: RecorderListener) {
    this.#listener = listener;
    this.#pace = new Pace(intervalMs, (parts, atMs) => {
      listener.captured(toSensorFrame(this.#readings, parts, atMs), atMs);
      listener.read(this.#readings);
    });
  }

  /** Call it inside the tap: the first thing it does is to ask for what only a tap may ask for. */
  start(): void {
    const permission = askMotionPermission();
    this.stop();
    this.#stops = [
      () => this.#watch([]),
      watchBattery((battery) => this.#tookBattery(battery)),
      holdWakeLock((state) => this.#listener.sensorChanged('screen', state)),
    ];
    this.#watch(this.#sensors);
    this.#pace.start();
    void permission.then((granted) => {
      if (!granted.orientation) this.#refuse('orientation');
      if (!granted.motion) this.#refuse('motion');
    });
  }

  stop(): void {
    this.#pace.stop();
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#heard.clear();
    this.#refused.clear();
    this.#readings = NO_READINGS;
  }

  /** Between two frames at the least, ms. */
  set intervalMs(intervalMs: number) {
    this.#pace.intervalMs = intervalMs;
  }

  /** Those to read; the others are left alone, also while it runs. */
  set sensors(sensors: readonly PhoneSensor[]) {
    this.#sensors = sensors;
    if (this.#stops.length > 0) this.#watch(sensors);
  }

  /** Starts and stops what differs. */
  #watch(wanted: readonly PhoneSensor[]): void {
    for (const sensor of PHONE_SENSORS) {
      const stop = this.#watches.get(sensor);
      if (stop && !wanted.includes(sensor)) {
        stop();
        this.#watches.delete(sensor);
        this.#forget(sensor);
      } else if (!stop && wanted.includes(sensor)) {
        this.#watches.set(sensor, this.#start(sensor));
      }
    }
  }

  #start(sensor: PhoneSensor): Stop {
    switch (sensor) {
      case 'gps':
        this.#position = watchPosition({
          fixed: (fix) => this.#take('position', { fix }, 'fix'),
          changed: (state) => this.#listener.sensorChanged('position', state),
        });
        return this.#position.stop;
      case 'orientation':
        return both(
          watchOrientation((orientation) => this.#take('orientation', { orientation }, 'orientation')),
          this.#watchSilence('orientation'),
        );
      case 'motion':
        return both(
          watchMotion((motion) => this.#take('motion', { motion }, 'motion')),
          this.#watchSilence('motion'),
        );
    }
  }

  #forget(sensor: PhoneSensor): void {
    const name: SensorName = sensor === 'gps' ? 'position' : sensor;
    if (sensor === 'gps') this.#position = null;
    this.#readings = { ...this.#readings, [sensor === 'gps' ? 'fix' : sensor]: null };
    this.#heard.delete(name);
    this.#listener.sensorChanged(name, { kind: 'off' });
  }

  /** Asks for a fresh fix, which makes a frame. False while nothing is sensed. */
  locate(): boolean {
    this.#position?.ask();
    return this.#position !== null;
  }

  /** A photo or a note. `capturedAtMs`: when it was made, device clock. */
  add(made: Made, capturedAtMs = Date.now()): void {
    this.#listener.captured(toMadeFrame(this.#readings, made, capturedAtMs), capturedAtMs);
  }

  placeAt(place: Place): void {
    const capturedAtMs = Date.now();
    this.#listener.captured(toPlaceFrame(this.#readings, place, capturedAtMs), capturedAtMs);
  }

  #take(sensor: SensorName, readings: Partial<Readings>, part: FramePart): void {
    this.#readings = { ...this.#readings, ...readings };
    if (!this.#heard.has(sensor)) {
      this.#heard.add(sensor);
      this.#listener.sensorChanged(sensor, { kind: 'on' });
    }
    if (part === 'fix') {
      this.#listener.read(this.#readings);
      this.#pace.markUrgent(part);
    } else {
      this.#pace.mark(part);
    }
  }

  #tookBattery(reading: BatteryReading | null): void {
    const battery = reading?.level ?? null;
    this.#readings = { ...this.#readings, battery, isCharging: reading?.isCharging ?? null };
    this.#listener.read(this.#readings);
    this.#listener.sensorChanged('battery', battery === null ? { kind: 'missing', hint: 'not-given' } : { kind: 'on' });
  }

  #refuse(sensor: SensorName): void {
    // Some browsers say no and give the events all the same: what is heard counts.
    if (this.#heard.has(sensor) || !this.#stops.length) return;
    this.#refused.add(sensor);
    this.#listener.sensorChanged(sensor, { kind: 'refused', hint: toMotionRefusedHint(navigator.userAgent) });
  }

  #watchSilence(sensor: 'orientation' | 'motion'): Stop {
    this.#listener.sensorChanged(sensor, { kind: 'waiting', hint: null });
    const timer = setTimeout(() => {
      if (this.#heard.has(sensor) || this.#refused.has(sensor)) return;
      this.#listener.sensorChanged(sensor, { kind: 'missing', hint: 'not-given' });
    }, SILENT_MS);
    return () => clearTimeout(timer);
  }
}

const both =
  (first: Stop, second: Stop): Stop =>
  () => {
    first();
    second();
  };
