import type { Store } from '../store';
import { keptJson } from './kept-json';

interface Message {
  readonly id: string;
  readonly text: string;
}

interface UnreadParts {
  readonly store: Pick<Store, 'saveSetting'>;
  /** False of a person who was erased. */
  isKnown(deviceId: string): boolean;
  readonly onBug: (error: unknown) => void;
}

/** Messages kept for a phone that has not read them; the oldest gives way. */
const MAX_UNREAD = 20;

const PREFIX = 'unread.';

/** What the operator wrote and phones have not read, over a restart. Bounded by the devices there are, and {@link MAX_UNREAD}. */
export class UnreadMessages {
  readonly #parts: UnreadParts;
  readonly #byDevice = new Map<string, readonly Message[]>();

  constructor(settings: Readonly<Record<string, string>>, parts: UnreadParts) {
    this.#parts = parts;
    for (const [name, value] of Object.entries(settings)) {
      if (!name.startsWith(PREFIX) || value === '') continue;
      const deviceId = name.slice(PREFIX.length);
      if (parts.isKnown(deviceId)) this.#byDevice.set(deviceId, keptJson<readonly Message[]>(value, []));
      else this.#keep(deviceId, []);
    }
  }

  /** Oldest first. */
  of(deviceId: string): readonly Message[] {
    return this.#byDevice.get(deviceId) ?? [];
  }

  add(deviceId: string, message: Message): void {
    this.#keep(deviceId, [...this.of(deviceId), message].slice(-MAX_UNREAD));
  }

  remove(deviceId: string, id: string): void {
    const before = this.of(deviceId);
    const after = before.filter((message) => message.id !== id);
    if (after.length < before.length) this.#keep(deviceId, after);
  }

  forget(deviceId: string): void {
    if (this.#byDevice.has(deviceId)) this.#keep(deviceId, []);
  }

  #keep(deviceId: string, messages: readonly Message[]): void {
    if (messages.length > 0) this.#byDevice.set(deviceId, messages);
    else this.#byDevice.delete(deviceId);
    const value = messages.length > 0 ? JSON.stringify(messages) : '';
    this.#parts.store.saveSetting(`${PREFIX}${deviceId}`, value).catch(this.#parts.onBug);
  }
}
