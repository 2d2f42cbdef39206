/** Where pictures are asked for. */
export interface MjpegAddress {
  readonly host: string;
  readonly port: number;
  /** Null: ScreenStream is asked where its stream is. */
  readonly path: string | null;
}

/** ScreenStream's own. */
export const SCREEN_STREAM_PORT = 8080;

/** What an operator types: `192.168.1.20`, `192.168.1.20:8081`, `http://192.168.1.20:8080/video`. @returns null when it is none. */
export function parseMjpegAddress(typed: string): MjpegAddress | null {
  const text = typed.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (text === '' || !URL.canParse(full)) return null;
  const url = new URL(full);
  // Nobody's password goes into a list on a screen, and phones have no certificate.
  if (url.protocol !== 'http:' || url.username !== '' || url.password !== '' || url.hostname === '') return null;
  const hasPort = url.port !== '' || /:80(\/|$)/.test(full.slice('http://'.length));
  const path = url.pathname === '/' && url.search === '' ? null : `${url.pathname}${url.search}`;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: hasPort ? Number(url.port || 80) : SCREEN_STREAM_PORT,
    path,
  };
}

/** For the eye, and to tell two apart. */
export function addressText({ host, port, path }: MjpegAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}${path ?? ''}`;
}
