import { SIGNALING_LIMITS } from '../../common/wire/signaling';
import { type Incoming, SignalingFault } from './incoming';
import type { Hello } from './member';

/**
 * The `hello` of our protocol; null for any other message, and for a `hello` of somebody else's, which has no `role`.
 * @throws SignalingFault `invalid_message`
 */
export function parseHello({ type, message }: Incoming): Hello | null {
  if (type !== 'hello' || message.role === undefined) return null;
  const { role, name, kind } = message;
  if (role !== 'sharer' && role !== 'viewer') {
    throw new SignalingFault('invalid_message', 'role must be sharer or viewer');
  }
  if (kind !== undefined && kind !== null && kind !== 'screen' && kind !== 'camera') {
    throw new SignalingFault('invalid_message', 'kind must be screen or camera');
  }
  if (name !== undefined && name !== null && typeof name !== 'string') {
    throw new SignalingFault('invalid_message', 'name must be a text');
  }
  return { role, name: cleanName(name ?? ''), kind: kind ?? null };
}

/** Shown to people: one line, no control or direction characters. Null when nothing is left. */
export function cleanName(name: string): string | null {
  const clean = name
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim();
  return [...clean].slice(0, SIGNALING_LIMITS.nameLength).join('') || null;
}
