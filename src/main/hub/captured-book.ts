import type { Session } from '../../common/model/session';
import { LIMITS } from '../../common/wire/limits';
import type { Store } from '../store';
import { keptJson } from './kept-json';

interface CapturedParts {
  readonly store: Pick<Store, 'saveSetting'>;
  /** The current session's. */
  sessionId(): string;
  nameOf(deviceId: string): string | undefined;
  readonly onBug: (error: unknown) => void;
}

/** A phone counts on over sessions: `before` is what it had counted when this one began. */
interface Count {
  readonly before: number;
  readonly last: number;
  /** Of its phone: one that delivers nothing leaves no device that would tell. */
  readonly name?: string;
}

/** What the hub knows of a phone when it tells its count. */
interface KnownOfPhone {
  /** Frames that wait on the phone, as it says; 0 when it does not. */
  readonly queued: number;
  /** Of the session. */
  readonly stored: number;
  /** Since it first came, ms. */
  readonly forMs: number;
}

/**
 * What a phone new to this hub has counted for another one, which is not ours to vouch for: more than it can have captured
 * since it came. What waits on it is still to come here.
 */
function countedElsewhere(captured: number, { queued, stored, forMs }: KnownOfPhone): number {
  const { perSecond, burst } = LIMITS.frameRate;
  const isPossible = captured - queued <= burst + (perSecond * forMs) / 1000;
  return isPossible ? 0 : Math.max(0, captured - queued - stored);
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
  reported(deviceId: string, captured: number, phone: KnownOfPhone): void {
    const sessionId = this.#parts.sessionId();
    const counts = this.#sessions.get(sessionId) ?? new Map<string, Count>();
    this.#sessions.set(sessionId, counts);
    const known = counts.get(deviceId);
    if (known?.last === captured) return;
    const last = this.#last.get(deviceId) ?? countedElsewhere(captured, phone);
    // Less than before: it began to count anew, and what was counted here stays counted.
    const before = captured < last ? (known ? known.before - known.last : 0) : (known?.before ?? last);
    counts.set(deviceId, { before, last: captured, name: this.#parts.nameOf(deviceId) });
    this.#last.set(deviceId, captured);
    this.#unsaved.add(sessionId);
    this.#timer ??= setTimeout(() => void this.flush(), SAVE_MS).unref();
  }

  /** Captured in the session; null when the phone never told. */
  of(sessionId: string, deviceId: string): number | null {
    const count = this.#sessions.get(sessionId)?.get(deviceId);
    return count ? count.last - count.before : null;
  }

  /** What its phone was called; null when that is not known. */
  nameOf(sessionId: string, deviceId: string): string | null {
    return this.#sessions.get(sessionId)?.get(deviceId)?.name ?? null;
  }

  /** Devices that told of the session. */
  devicesOf(sessionId: string): readonly string[] {
    return [...(this.#sessions.get(sessionId)?.keys() ?? [])];
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
