import type { IncomingHttpHeaders } from 'node:http';

/** Where a key may be, in the order in which it is looked for. */
export interface KeyPlaces {
  readonly headers: IncomingHttpHeaders;
  /** The request target, query included. */
  readonly url: string;
  /** What follows the endpoint's path, still percent-encoded; null when nothing does. */
  readonly suffix: string | null;
}

/**
 * The key a request carries, in its headers or URL (docs/wire-protocol.md, section 2).
 * @returns null when there is none; an unreadable one is the empty string, which no key equals.
 */
export function keyInRequest(places: KeyPlaces): string | null {
  return keyInAuthorization(places.headers.authorization) ?? keyInQuery(places.url) ?? keyInSuffix(places.suffix);
}

/** Bearer (RFC 6750) and Basic (RFC 7617, the key as password: what native apps can send). */
function keyInAuthorization(header: string | undefined): string | null {
  const match = /^(bearer|basic) +(\S+) *$/i.exec(header ?? '');
  if (match?.[2] === undefined) return null;
  if (match[1]?.toLowerCase() === 'bearer') return match[2];
  const credentials = Buffer.from(match[2], 'base64').toString('utf8');
  const password = credentials.slice(credentials.indexOf(':') + 1);
  // Apps send Basic with an empty password when only a user name was typed: that is no key.
  return password === '' ? null : password;
}

function keyInQuery(url: string): string | null {
  const start = url.indexOf('?');
  const key = start < 0 ? null : new URLSearchParams(url.slice(start + 1)).get('key');
  return key === '' ? null : key;
}

function keyInSuffix(suffix: string | null): string | null {
  if (suffix === null || suffix === '') return null;
  try {
    return decodeURIComponent(suffix);
  } catch {
    return '';
  }
}
