import type { Session } from '../../common/model/session';
import type { Store } from '../store';
import { keptJson } from './kept-json';

interface CapturedParts {
  readonly store: Pick<Store, 'saveSetting'>;
  /** The current session's. */
  sessionId(): string;
  readonly onBug: (error: unknown) => void;
}

/** A phone counts on over sessions: `before` is what it had counted when this one began. */
interface Count {
  readonly before: number;
  readonly last: number;
}

const settingOf = (sessionId: string): string => `captured.${sessionId}`;

/** How often what phones report is written, ms: a phone says it again with its next status. */
const SAVE_MS = 5_000;

/** What phones say they captured, by session. */
export class CapturedBook {
  readonly #parts: CapturedParts;
  readonly #sessions = new Map<string, Map<string, Count>>();
  /** The newest of each device, of whatever session. */
  readonly #last = new Map<string, number>();
  readonly #unsaved = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  /** @param sessions newest first */
  constructor(
    {
      settings,
      sessions,
    }: { readonly settings: Readonly<Record<string, string>>; readonly sessions: readonly Session[] },
    parts: CapturedParts,
  ) {
    this.#parts = parts;
    for (const { sessionId } of sessions.toReversed()) {
      const kept = settings[settingOf(sessionId)];
      if (kept === undefined || kept === '') continue;
      const counts = new Map(Object.entries(keptJson<Record<string, Count>>(kept, {})));
      this.#sessions.set(sessionId, counts);
      for (const [deviceId, { last }] of counts) this.#last.set(deviceId, last);
    }
    this.#forgetOthers(settings);
  }

  /** @param captured the phone's own count, since it began to count */
  reported(deviceId: string, captured: number): void {
    const sessionId = this.#parts.sessionId();
    const counts = this.#sessions.get(sessionId) ?? new Map<string, Count>();
    this.#sessions.set(sessionId, counts);
    const known = counts.get(deviceId);
    if (known?.last === captured) return;
    const last = this.#last.get(deviceId) ?? 0;
    // Less than before: it began to count anew, and what was counted here stays counted.
    const before = captured < last ? (known ? known.before - known.last : 0) : (known?.before ?? last);
    counts.set(deviceId, { before, last: captured });
    this.#last.set(deviceId, captured);
    this.#unsaved.add(sessionId);
    this.#timer ??= setTimeout(() => void this.flush(), SAVE_MS).unref();
  }

  /** Captured in the session; null when the phone never told. */
  of(sessionId: string, deviceId: string): number | null {
    const count = this.#sessions.get(sessionId)?.get(deviceId);
    return count ? count.last - count.before : null;
  }

  /** Of a person whose data is erased. */
  forget(deviceId: string): void {
    this.#last.delete(deviceId);
    for (const [sessionId, counts] of this.#sessions) if (counts.delete(deviceId)) this.#unsaved.add(sessionId);
    void this.flush();
  }

  /** Writes what is new. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const { store, onBug } = this.#parts;
    const saved = [...this.#unsaved].map((sessionId) => {
      const counts = Object.fromEntries(this.#sessions.get(sessionId) ?? []);
      return store.saveSetting(settingOf(sessionId), JSON.stringify(counts));
    });
    this.#unsaved.clear();
    await Promise.all(saved).catch(onBug);
  }

  /** Of sessions that were erased. */
  #forgetOthers(settings: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(settings)) {
      const sessionId = name.startsWith('captured.') ? name.slice('captured.'.length) : null;
      if (sessionId === null || value === '' || this.#sessions.has(sessionId)) continue;
      this.#parts.store.saveSetting(name, '').catch(this.#parts.onBug);
    }
  }
}
