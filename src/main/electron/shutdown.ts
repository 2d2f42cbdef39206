import { app, type BrowserWindow, dialog, powerMonitor } from 'electron';

/** A hub that does not close in time is left behind, ms: 5 s are promised, and what it acked is on disk already. */
const CLOSE_TIMEOUT_MS = 4700;

/**
 * However the app ends (window closed, menu, signal, system shutdown), the hub is closed first. The exit code is 1 when
 * that failed or took too long.
 * @param close closes what there is; called once
 */
export function closeBeforeQuit(close: () => Promise<void>): void {
  let state: 'running' | 'closing' | 'closed' = 'running';
  const closeInTime = async (): Promise<void> => {
    const timer = setTimeout(() => {
      console.error('The hub did not close in time; everything acked is stored.');
      app.exit(1);
    }, CLOSE_TIMEOUT_MS);
    await close();
    clearTimeout(timer);
    state = 'closed';
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    closeInTime().catch(failToQuit);
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

function failToQuit(error: unknown): void {
  dialog.showErrorBox('Perch did not close in order', error instanceof Error ? error.message : String(error));
  app.exit(1);
}
