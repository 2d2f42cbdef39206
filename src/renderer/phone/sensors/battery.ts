import type { Stop } from './sensor-state';

/** The Battery Status API, which only Chromium has and lib.dom does not know. */
interface BatteryManager extends EventTarget {
  /** 0 to 1. */
  readonly level: number;
}
type WithBattery = { getBattery(): Promise<BatteryManager> };

const hasBattery = (value: unknown): value is WithBattery =>
  typeof value === 'object' && value !== null && 'getBattery' in value && typeof value.getBattery === 'function';

/** Reports the level, 0 to 1, at once and on change; null where the browser does not tell. */
export function watchBattery(report: (level: number | null) => void): Stop {
  let stop: Stop = () => undefined;
  let isStopped = false;
  if (!hasBattery(navigator)) {
    report(null);
    return stop;
  }
  navigator.getBattery().then(
    (battery) => {
      if (isStopped) return;
      const tell = (): void => report(battery.level);
      battery.addEventListener('levelchange', tell);
      stop = () => battery.removeEventListener('levelchange', tell);
      tell();
    },
    () => report(null),
  );
  return () => {
    isStopped = true;
    stop();
  };
}
