import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { LIMITS } from '../../common/wire/limits';
import { ProtocolError } from '../../common/wire/protocol-error';
import type { AppRequest } from './adapters';
import { fault } from './fault';
import { isAtMost, PRINTABLE } from './message-parser';

/** A request as HTTP brings it. */
interface RawRequest {
  /** The request target. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer | null;
}

/** Where the hub's key may be in a query (docs/wire-protocol.md, section 2): no part of what is stored. */
const KEY_FIELDS: ReadonlySet<string> = new Set(['key', 'token']);

/** Fields of one request: no app has a tenth of it. */
const MAX_FIELDS = 1000;

/** Reads query, form and JSON. @throws ProtocolError when the body is none of them. */
export function toAppRequest({ url, headers, body }: RawRequest): AppRequest {
  if (body && !isUtf8(body)) throw new ProtocolError('invalid_message', 'the body is not UTF-8 text');
  const text = body?.toString('utf8').trim() ?? '';
  // Apps are told their content type by hand, or send none: only JSON begins like this.
  const isJson = headers['content-type']?.includes('json') === true || /^[[{]/.test(text);
  const query = url.slice(url.indexOf('?') + 1 || url.length);
  return {
    fields: toFields([query, isJson ? '' : text]),
    json: isJson && text !== '' ? parseJson(text) : undefined,
    header: (name) => {
      const value = headers[name];
      return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProtocolError('invalid_json', 'the body is not JSON');
  }
}

function toFields(texts: readonly string[]): AppRequest['fields'] {
  const fields = new Map<string, string[]>();
  const pairs = texts.flatMap((text) => [...new URLSearchParams(text)]);
  if (pairs.length > MAX_FIELDS) throw new ProtocolError('too_large', `at most ${MAX_FIELDS} fields are taken`);
  for (const [name, value] of pairs) {
    if (KEY_FIELDS.has(name)) continue;
    const values = fields.get(name);
    if (values) values.push(value);
    else fields.set(name, [value]);
  }
  return fields;
}

/** What the hub knows the phone by: `app:id`. @throws ProtocolError invalid_message */
export function toExternalId(source: string, id: string): string {
  const externalId = `${source}:${id}`;
  if (isAtMost(externalId, LIMITS.deviceIdLength) && PRINTABLE.test(externalId)) return externalId;
  const length = LIMITS.deviceIdLength - source.length - 1;
  throw fault('the device id', `must be 1 to ${length} printable characters`, id, 'invalid_message');
}

/** A name fit for the screen; null when there is none in it. */
export function toShownName(name: string | null): string | null {
  const shown =
    name
      ?.slice(0, 16 * LIMITS.usernameLength)
      .normalize('NFC')
      .trim() ?? '';
  return isAtMost(shown, LIMITS.usernameLength) && PRINTABLE.test(shown) ? shown : null;
}
