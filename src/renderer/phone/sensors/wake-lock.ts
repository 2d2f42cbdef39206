import type { SensorState, Stop } from './sensor-state';

const KEEP_IT_ON = 'Keep the screen on by hand: set the phone’s auto-lock to its longest.';

/**
 * Keeps the screen on: with the screen off, a browser stops every sensor. The browser takes the lock away whenever
 * the page is hidden, so it is asked for again each time the page is seen.
 */
export function holdWakeLock(changed: (state: SensorState) => void): Stop {
  if (!('wakeLock' in navigator)) {
    changed({ kind: 'missing', hint: KEEP_IT_ON });
    return () => undefined;
  }
  let lock: WakeLockSentinel | null = null;
  let isStopped = false;
  const ask = (): void => {
    if (document.visibilityState !== 'visible' || isStopped) return;
    navigator.wakeLock.request('screen').then(
      (granted) => {
        if (isStopped) return void granted.release();
        lock = granted;
        changed({ kind: 'on' });
        granted.addEventListener('release', () => {
          if (!isStopped) changed({ kind: 'waiting', hint: KEEP_IT_ON });
        });
      },
      // Low battery mode refuses it, and so does a page that was hidden in between.
      () => changed({ kind: 'missing', hint: KEEP_IT_ON }),
    );
  };
  document.addEventListener('visibilitychange', ask);
  ask();
  return () => {
    isStopped = true;
    document.removeEventListener('visibilitychange', ask);
    void lock?.release();
  };
}
