/** What crosses a {@link Transport}, one JSON object a message. `id` ties a result to its request. */
export type Envelope =
  | { readonly kind: 'request'; readonly id: number; readonly name: string; readonly params: unknown }
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly code: string; readonly message: string }
  | { readonly kind: 'event'; readonly name: string; readonly payload: unknown };

/**
 * Parses one message of the other end.
 * @returns null when the text is no envelope; the receiver ignores it or closes.
 */
export function parseEnvelope(text: string): Envelope | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null;
  const envelope = value as Record<string, unknown>;
  const hasId = Number.isSafeInteger(envelope.id);
  switch (envelope.kind) {
    case 'request':
      return hasId && typeof envelope.name === 'string' ? (value as Envelope) : null;
    case 'result':
      return hasId ? (value as Envelope) : null;
    case 'error':
      return hasId && typeof envelope.code === 'string' && typeof envelope.message === 'string'
        ? (value as Envelope)
        : null;
    case 'event':
      return typeof envelope.name === 'string' ? (value as Envelope) : null;
    default:
      return null;
  }
}
