import type { SensorState, Stop } from './sensor-state';

/**
 * Keeps the screen on: with the screen off, a browser stops every sensor. The browser takes the lock away whenever
 * the page is hidden, so it is asked for again each time the page is seen.
 */
export function holdWakeLock(changed: (state: SensorState) => void): Stop {
  if (!('wakeLock' in navigator)) {
    changed({ kind: 'missing', hint: 'keep-screen-on' });
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
          if (!isStopped) changed({ kind: 'waiting', hint: 'keep-screen-on' });
        });
      },
      // Low battery mode refuses it, and so does a page that was hidden in between.
      () => changed({ kind: 'missing', hint: 'keep-screen-on' }),
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
