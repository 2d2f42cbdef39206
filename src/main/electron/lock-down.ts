import { app, type BrowserWindowConstructorOptions, type Session, type WebContents } from 'electron';
import { isOwnUrl, isProjectorUrl, isRoomUrl } from './app-address';

/** What our own page may do without asking. Camera and screen are the phones' to share, not the window's. */
const ALLOWED = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Both permission handlers, default deny; no devices, no downloads past the save dialog. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, decide) =>
    decide(ALLOWED.has(permission) && isOwnUrl(contents.getURL())),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => ALLOWED.has(permission) && isOwnUrl(origin));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}

/** Every page there will ever be: it stays where it is and opens nothing but a projector's window, whatever a phone sent. */
export function lockNavigation(): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}

/** Shows what the control room's window hands it: no preload, so no hub. */
const PROJECTOR_WINDOW: BrowserWindowConstructorOptions = {
  width: 1280,
  height: 720,
  title: 'Perch: projector',
  backgroundColor: '#000000',
  autoHideMenuBar: true,
  webPreferences: { contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false },
};

function lockContents(contents: WebContents): void {
  const stay = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!isRoomUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) =>
    isProjectorUrl(url) ? { action: 'allow', overrideBrowserWindowOptions: PROJECTOR_WINDOW } : { action: 'deny' },
  );
}
