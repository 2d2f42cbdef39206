import { join } from 'node:path';
import { app, dialog, ipcMain, session } from 'electron';
import { registerAppScheme, serveApp } from './electron/app-protocol';
import { setApplicationMenu } from './electron/application-menu';
import { createDesktopHub } from './electron/desktop-hub';
import { acceptTransports } from './electron/ipc-transport';
import { keepAwake } from './electron/keep-awake';
import { lockNavigation, lockSession } from './electron/lock-down';
import { focusMainWindow, openMainWindow } from './electron/main-window';
import { nativeHost } from './electron/native-host';
import { closeBeforeQuit, quitAtSessionEnd } from './electron/shutdown';
import { startListening } from './electron/start-listening';
import { readSwitches, showOwnAddresses } from './electron/switches';

async function start(): Promise<void> {
  await app.whenReady();
  lockSession(session.defaultSession);
  lockNavigation();
  const switches = readSwitches(app.commandLine, app.getPath('userData'));
  const rendererDir = join(import.meta.dirname, '../renderer');
  const awake = keepAwake();
  const stop = new AbortController();
  const opening = createDesktopHub(switches, rendererDir, () => awake.isHeld(), stop.signal);
  closeBeforeQuit(async () => {
    stop.abort();
    await opening.then(
      (opened) => opened.close(),
      // Given up, or refused: start() tells why.
      () => undefined,
    );
    awake.release();
  });
  const hub = await opening.catch((error: unknown) => {
    if (stop.signal.aborted) return null;
    throw error;
  });
  if (hub === null || stop.signal.aborted) return;
  if (!(await startListening(hub, switches))) {
    app.quit();
    return;
  }
  serveApp(rendererDir, hub);
  acceptTransports(ipcMain, (transport) => hub.attachConsole(transport, 'operator', nativeHost));
  setApplicationMenu(switches.dataDir);
  app.on('second-instance', focusMainWindow);
  quitAtSessionEnd(openMainWindow());
}

registerAppScheme();
showOwnAddresses(app.commandLine);
if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    dialog.showErrorBox('Perch could not start', error instanceof Error ? error.message : String(error));
    app.exit(1);
  });
} else {
  app.quit();
}
