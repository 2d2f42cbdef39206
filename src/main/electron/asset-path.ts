import { extname, join, normalize, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** A file of the built renderer, with its media type. */
export interface Asset {
  readonly path: string;
  readonly contentType: string;
}

/**
 * The file behind a path of the app's origin: `/room` is the control room's page, all else is under `/assets/`.
 * @param pathname as in a URL, percent-encoded
 * @returns null when nothing is served there, whatever the path tries (`..`, encoded or not, other types)
 */
export function findAsset(rendererDir: string, pathname: string): Asset | null {
  if (pathname === '/room') return { path: join(rendererDir, 'control-room.html'), contentType: TYPES['.html'] ?? '' };
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (!decoded.startsWith('/assets/') || decoded.includes('\0') || decoded.includes('\\')) return null;
  const path = normalize(join(rendererDir, decoded));
  const contentType = TYPES[extname(path)];
  if (!contentType || !path.startsWith(join(rendererDir, 'assets') + sep)) return null;
  return { path, contentType };
}
