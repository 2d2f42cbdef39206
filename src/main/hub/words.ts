import type { JsonObject, JsonValue } from '../../common/model/frame';

/** What a person said, read back from a stored frame (src/main/ingest/words.ts puts it there). */
export type Word =
  | { readonly kind: 'sos'; readonly isActive: boolean; readonly text: string | null }
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'reply'; readonly text: string; readonly to: string }
  | { readonly kind: 'read'; readonly to: string };

/** null: a frame of what a phone measured. */
export function wordOf({ captureMethod, text, to, sos }: JsonObject): Word | null {
  switch (captureMethod) {
    case 'sos':
      return isActiveMember(sos)
        ? { kind: 'sos', isActive: sos.active, text: typeof text === 'string' ? text : null }
        : null;
    case 'message':
      return typeof text === 'string' ? { kind: 'message', text } : null;
    case 'reply':
      return typeof text === 'string' && typeof to === 'string' ? { kind: 'reply', text, to } : null;
    case 'read':
      return typeof to === 'string' ? { kind: 'read', to } : null;
    default:
      return null;
  }
}

const isActiveMember = (value: JsonValue | undefined): value is { readonly active: boolean } =>
  typeof value === 'object' && value !== null && 'active' in value && typeof value.active === 'boolean';
