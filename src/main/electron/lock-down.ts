import { app, type Session, type WebContents } from 'electron';
import { isOwnUrl, isRoomUrl } from './app-address';

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

/** Every page there will ever be: it stays where it is and opens nothing, whatever a phone sent. */
export function lockNavigation(): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}

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
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
