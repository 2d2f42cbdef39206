import { HubError } from '../../common/contract/errors';
import type { StoredFrame } from '../../common/model/frame';
import type { Session } from '../../common/model/session';
import { newId } from './ids';

/** What sessions are kept in. */
export interface SessionStore {
  saveSession(session: Pick<Session, 'sessionId' | 'name' | 'startedAtMs' | 'endedAtMs'>): Promise<void>;
  listSessions(): Promise<readonly Session[]>;
}

interface SessionOptions {
  readonly store: SessionStore;
  readonly clock: { now(): number };
  /** The current session is another one. */
  onBegan(session: Session): void;
  /** The current session has another name. */
  onRenamed(session: Session): void;
}

/** The sessions. There is always exactly one current one: recording never stops. */
export class Sessions {
  #current: Session;
  /** Devices with a frame in the current session. */
  #devices: Set<string>;
  readonly #options: SessionOptions;

  private constructor(current: Session, devices: Iterable<string>, options: SessionOptions) {
    this.#current = current;
    this.#devices = new Set(devices);
    this.#options = options;
  }

  /**
   * Goes on where the last run stopped: restart and crash end no session.
   * @param known newest first. @param name resumes the newest session of this name, else starts it.
   */
  static async open(
    known: readonly Session[],
    name: string | undefined,
    devicesOf: (sessionId: string) => Promise<readonly string[]>,
    options: SessionOptions,
  ): Promise<Sessions> {
    const open = known.find((session) => session.endedAtMs === null);
    const wanted = name === undefined ? open : known.find((session) => session.name === name);
    if (open && open !== wanted) await options.store.saveSession({ ...open, endedAtMs: options.clock.now() });
    const current: Session = wanted ? { ...wanted, endedAtMs: null } : begin(name ?? '', options.clock.now());
    await options.store.saveSession(current);
    return new Sessions(current, wanted ? await devicesOf(current.sessionId) : [], options);
  }

  get current(): Session {
    return this.#current;
  }

  /** Newest first; the current one with its counts up to this moment. */
  async list(): Promise<readonly Session[]> {
    const sessions = await this.#options.store.listSessions();
    return sessions.map((session) => (session.sessionId === this.#current.sessionId ? this.#current : session));
  }

  /** Ends the current session and begins a new one. Durable when it resolves. */
  async start(name: string): Promise<Session> {
    const nowMs = this.#options.clock.now();
    const next = begin(name, nowMs);
    await Promise.all([
      this.#options.store.saveSession({ ...this.#current, endedAtMs: nowMs }),
      this.#options.store.saveSession(next),
    ]);
    this.#current = next;
    this.#devices = new Set();
    this.#options.onBegan(next);
    return next;
  }

  /** @throws HubError not_found. */
  async rename(sessionId: string, name: string): Promise<Session> {
    const session = (await this.list()).find((one) => one.sessionId === sessionId);
    if (!session) throw new HubError('not_found', 'There is no such session.');
    const renamed = { ...session, name };
    await this.#options.store.saveSession(renamed);
    if (sessionId !== this.#current.sessionId) return renamed;
    this.#current = { ...this.#current, name };
    this.#options.onRenamed(this.#current);
    return this.#current;
  }

  /** Counts a stored frame. */
  count(frame: StoredFrame): void {
    // A frame received before the session changed still belongs to the one before.
    if (frame.sessionId !== this.#current.sessionId) return;
    this.#devices.add(frame.deviceId);
    this.#current = { ...this.#current, frames: this.#current.frames + 1, devices: this.#devices.size };
  }
}

function begin(name: string, nowMs: number): Session {
  return { sessionId: newId('s'), name, startedAtMs: nowMs, endedAtMs: null, frames: 0, devices: 0 };
}
