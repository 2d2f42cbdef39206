import type { HubToPhone } from './ingest';

const KNOWN: readonly string[] = [
  'welcome',
  'ack',
  'error',
  'server_shutdown',
  'pong',
  'config',
  'request',
  'message',
  'kicked',
] satisfies HubToPhone['type'][];

/**
 * The phone's reading of a message of the hub. The hub is trusted (TLS, own CA), so only the kind is checked; a kind
 * that a newer hub may send is null and ignored.
 */
export function parseHubMessage(text: string): HubToPhone | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('type' in value)) return null;
  return typeof value.type === 'string' && KNOWN.includes(value.type) ? (value as HubToPhone) : null;
}
