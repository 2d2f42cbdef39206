import { keepAdminKey, takeAdminKey } from './admin-key';
import { type HubLink, UnauthorizedError } from './hub-link';
import { type ExposedTransport, toTransport } from './preload-transport';
import { openWebSocketTransport } from './web-socket-transport';

/** The one place that looks where the page runs: the desktop window has a transport ready, a browser dials. */
export function chooseHubLink(window: Window): HubLink {
  return window.perchTransport ? desktopLink(window, window.perchTransport) : browserLink(window);
}

function desktopLink(window: Window, exposed: ExposedTransport): HubLink {
  let wasOpened = false;
  return {
    open: () => {
      // The preload makes one transport a page load: another one is only to be had with another load.
      if (wasOpened) window.location.reload();
      wasOpened = true;
      return Promise.resolve(toTransport(exposed));
    },
    fetch: (path) => window.fetch(path),
    signIn: null,
  };
}

function browserLink(window: Window): HubLink {
  const { location, history, sessionStorage } = window;
  let key = takeAdminKey(location, history, sessionStorage);
  const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/console`;
  return {
    open: () => (key === null ? Promise.reject(new UnauthorizedError(false)) : openWebSocketTransport(url, key)),
    fetch: (path) => window.fetch(path, { headers: key === null ? {} : { Authorization: `Bearer ${key}` } }),
    signIn: (typed) => {
      key = typed;
      keepAdminKey(sessionStorage, typed);
    },
  };
}
