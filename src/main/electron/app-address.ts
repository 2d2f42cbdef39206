/** The pages of the desktop app: one origin, nothing of the network. */
export const APP_SCHEME = 'app';
const APP_HOST = 'perch';

/** What the window shows. */
export const ROOM_URL = `${APP_SCHEME}://${APP_HOST}/room`;

/** Whether a URL is of our own origin. False for anything that is no URL. */
export function isOwnUrl(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === `${APP_SCHEME}:` && url.host === APP_HOST;
}

/** Whether a URL is the window for a projector: all that the window may ever open. */
export function isProjectorUrl(text: string): boolean {
  return isRoomUrl(text) && URL.parse(text)?.hash === '#projector';
}

/** Whether a URL is the page the window shows: all it may ever navigate to (a reload is a navigation). */
export function isRoomUrl(text: string): boolean {
  return isOwnUrl(text) && URL.parse(text)?.pathname === '/room';
}
