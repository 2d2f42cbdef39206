import { app, type BrowserWindow, powerMonitor } from 'electron';

/** A hub that does not close in time is left behind: what it acked is on disk already. */
const CLOSE_TIMEOUT_MS = 5000;

/**
 * However the app ends (window closed, menu, signal, system shutdown), the hub is closed first.
 * @param close closes what there is; called once
 */
export function closeBeforeQuit(close: () => Promise<void>): void {
  let state: 'running' | 'closing' | 'closed' = 'running';
  const quitOnce = (): void => {
    state = 'closed';
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    const timer = setTimeout(quitOnce, CLOSE_TIMEOUT_MS);
    close()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        clearTimeout(timer);
        if (state === 'closing') quitOnce();
      });
  });
  app.on('window-all-closed', () => app.quit());
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit());
  // Linux and macOS; the app may delay the shutdown while it quits.
  powerMonitor.on('shutdown', () => app.quit());
}

/** Windows tells its windows instead. */
export function quitAtSessionEnd(window: BrowserWindow): void {
  window.on('session-end', () => app.quit());
}
