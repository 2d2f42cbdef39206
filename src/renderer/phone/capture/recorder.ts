import type { JsonObject } from '../../../common/model/frame';
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
    this.#position = watchPosition({
      fixed: (fix) => this.#take('position', { fix }, 'fix'),
      changed: (state) => this.#listener.sensorChanged('position', state),
    });
    this.#stops = [
      this.#position.stop,
      watchOrientation((orientation) => this.#take('orientation', { orientation }, 'orientation')),
      watchMotion((motion) => this.#take('motion', { motion }, 'motion')),
      watchBattery((battery) => this.#tookBattery(battery)),
      holdWakeLock((state) => this.#listener.sensorChanged('screen', state)),
      this.#watchSilence(),
    ];
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
    this.#position = null;
    this.#heard.clear();
    this.#refused.clear();
    this.#readings = NO_READINGS;
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
    if (this.#heard.has(sensor)) return;
    this.#refused.add(sensor);
    this.#listener.sensorChanged(sensor, { kind: 'refused', hint: toMotionRefusedHint(navigator.userAgent) });
  }

  #watchSilence(): Stop {
    const eventSensors = ['orientation', 'motion'] as const;
    for (const sensor of eventSensors) this.#listener.sensorChanged(sensor, { kind: 'waiting', hint: null });
    const timer = setTimeout(() => {
      for (const sensor of eventSensors) {
        if (this.#heard.has(sensor) || this.#refused.has(sensor)) continue;
        this.#listener.sensorChanged(sensor, { kind: 'missing', hint: 'not-given' });
      }
    }, SILENT_MS);
    return () => clearTimeout(timer);
  }
}
