import type { Stop } from './sensor-state';

/** The Battery Status API, which only Chromium has and lib.dom does not know. */
interface BatteryManager extends EventTarget {
  /** 0 to 1. */
  readonly level: number;
  readonly charging: boolean;
}

/** How much the phone has left. */
export interface BatteryReading {
  /** 0 to 1. */
  readonly level: number;
  readonly isCharging: boolean;
}

const CHANGES = ['levelchange', 'chargingchange'] as const;
type WithBattery = { getBattery(): Promise<BatteryManager> };

const hasBattery = (value: unknown): value is WithBattery =>
  typeof value === 'object' && value !== null && 'getBattery' in value && typeof value.getBattery === 'function';

/** Reports at once and on change; null where the browser does not tell. */
export function watchBattery(report: (reading: BatteryReading | null) => void): Stop {
  let stop: Stop = () => undefined;
  let isStopped = false;
  if (!hasBattery(navigator)) {
    report(null);
    return stop;
  }
  navigator.getBattery().then(
    (battery) => {
      if (isStopped) return;
      const tell = (): void => report({ level: battery.level, isCharging: battery.charging });
      for (const change of CHANGES) battery.addEventListener(change, tell);
      stop = () => {
        for (const change of CHANGES) battery.removeEventListener(change, tell);
      };
      tell();
    },
    () => report(null),
  );
  return () => {
    isStopped = true;
    stop();
  };
}
