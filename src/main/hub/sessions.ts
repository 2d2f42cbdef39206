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
  /** Who a device is shown as. */
  personOf(deviceId: string): string;
}

/** The sessions. There is always exactly one current one: recording never stops. */
export class Sessions {
  /** See {@link Sessions.current}: its frames may be fewer. */
  #current: Session;
  /** In the current session. */
  #frames: number;
  /** Devices with a frame in the current session. */
  #devices: Set<string>;
  /** How many persons that is. */
  #people = 0;
  /** Those that ended while we run: what the store lists may be a moment older. */
  readonly #ended = new Map<string, number>();
  readonly #options: SessionOptions;

  private constructor(current: Session, devices: Iterable<string>, options: SessionOptions) {
    this.#current = current;
    this.#frames = current.frames;
    this.#devices = new Set(devices);
    this.#options = options;
    this.regrouped();
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
    if (this.#frames !== this.#current.frames) this.#current = { ...this.#current, frames: this.#frames };
    return this.#current;
  }

  /** The same, without what it counts: asked with each frame. */
  get currentId(): string {
    return this.#current.sessionId;
  }

  /** Newest first; the current one with its counts up to this moment. */
  async list(): Promise<readonly Session[]> {
    const sessions = await this.#options.store.listSessions();
    const { current } = this;
    const listed = sessions.map((session) => {
      const { sessionId } = session;
      if (sessionId === current.sessionId) return current;
      return { ...session, endedAtMs: session.endedAtMs ?? this.#ended.get(sessionId) ?? null };
    });
    return listed.includes(current) ? listed : [current, ...listed];
  }

  /**
   * Ends the current session and begins a new one. Durable when it resolves. It is current at once, so that each frame
   * belongs to one of the two; should the disk refuse, the store saves both with the next write that works.
   */
  async start(name: string): Promise<Session> {
    const { store, clock } = this.#options;
    const nowMs = clock.now();
    const previous = this.current;
    const next = begin(name, nowMs);
    const saved = Promise.all([store.saveSession({ ...previous, endedAtMs: nowMs }), store.saveSession(next)]);
    this.#ended.set(previous.sessionId, nowMs);
    this.#current = next;
    this.#frames = 0;
    this.#devices = new Set();
    this.#people = 0;
    this.#options.onBegan(next);
    await saved;
    return this.#current.sessionId === next.sessionId ? this.current : next;
  }

  /** @throws HubError not_found. */
  async rename(sessionId: string, name: string): Promise<Session> {
    const session = (await this.list()).find((one) => one.sessionId === sessionId);
    if (!session) throw new HubError('not_found', 'There is no such session.');
    const renamed = { ...session, name };
    const saved = this.#options.store.saveSession(renamed);
    // Before the wait: a session begun meanwhile saves this one again, as it then is.
    if (sessionId === this.#current.sessionId) {
      this.#current = renamed;
      this.#options.onRenamed(renamed);
    }
    await saved;
    return renamed;
  }

  /** Frames of a person's devices in the current session were erased. */
  uncount(deviceIds: readonly string[], frames: number): void {
    for (const deviceId of deviceIds) this.#devices.delete(deviceId);
    this.#frames = Math.max(0, this.#frames - frames);
    this.regrouped();
  }

  /** Devices were merged or taken apart: a session has as many as there are persons. */
  regrouped(): void {
    this.#people = new Set([...this.#devices].map((deviceId) => this.#options.personOf(deviceId))).size;
    if (this.#current.devices !== this.#people) this.#current = { ...this.#current, devices: this.#people };
  }

  /** Counts a stored frame. */
  count(frame: Pick<StoredFrame, 'deviceId' | 'sessionId'>): void {
    // A frame received before the session changed still belongs to the one before.
    if (frame.sessionId !== this.#current.sessionId) return;
    if (!this.#devices.has(frame.deviceId)) {
      this.#devices.add(frame.deviceId);
      this.regrouped();
    }
    this.#frames += 1;
  }
}

function begin(name: string, nowMs: number): Session {
  return { sessionId: newId('s'), name, startedAtMs: nowMs, endedAtMs: null, frames: 0, devices: 0 };
}
