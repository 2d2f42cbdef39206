import { createHash } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../common/model/frame';
import type { App } from './adapters';

/**
 * What tells an item that is sent again, by an app that does not number them (docs/wire-protocol.md, section 5).
 * @param data an accepted frame: its depth was checked
 * @returns SHA-256, 64 lower-case hex digits
 */
export function hashOfItem({ source, changing }: App, data: JsonObject): string {
  const { [source]: own, ...rest } = data;
  const lasting = isObject(own) ? Object.entries(own).filter(([name]) => !changing.includes(name)) : [];
  const item = { ...rest, [source]: Object.fromEntries(lasting) };
  return createHash('sha256').update(canonical(item)).digest('hex');
}

/** JSON with the members in order of their names: an app may write the same item in another order. */
function canonical(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`).join(',')}}`;
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
