import type { Alert, AlertAcknowledgement, PastAlert } from '../../common/model/alert';

/** Told of every alert raised or cleared. */
export interface AlertListener {
  raised(alert: Alert): void;
  cleared(id: string): void;
  acknowledged?(alert: Alert): void;
  /** It says something else than before, and is otherwise as it was. */
  reworded?(alert: Alert): void;
}

/** Alerts remembered after they were cleared, with those that last. */
const MAX_LOG = 200;

/**
 * What an alert is raised with. `about`: the device that its sentence names; erased with its person. `say`: that sentence by
 * another name of theirs.
 */
export type NewAlert = Omit<Alert, 'raisedAtMs' | 'acknowledged'> & {
  readonly about?: string;
  readonly say?: (name: string) => string;
};

/** Alerts kept at once; the oldest gives way. A flood of causes must not fill the memory. */
const MAX_ALERTS = 200;

interface LoggedAlert {
  past: PastAlert;
  readonly about: string | undefined;
  readonly say: NewAlert['say'];
}

/** Trouble as keyed data: raised and cleared by id. */
export class AlertBoard {
  readonly #alerts = new Map<string, Alert>();
  /** Oldest first. */
  readonly #log: LoggedAlert[] = [];
  readonly #listeners = new Set<AlertListener>();
  readonly #clock: { now(): number };

  constructor(clock: { now(): number }) {
    this.#clock = clock;
  }

  /** Raises an alert; one with the same id is replaced, and told again only when it says something else. */
  raise({ about, say, ...alert }: NewAlert): void {
    const before = this.#alerts.get(alert.id);
    if (before?.sentence === alert.sentence && before.severity === alert.severity) return;
    const raised: Alert = { ...alert, raisedAtMs: this.#clock.now(), acknowledged: null };
    this.#note(alert.id, { clearedAtMs: raised.raisedAtMs });
    this.#log.push({ past: { ...raised, clearedAtMs: null }, about, say });
    if (this.#log.length > MAX_LOG) this.#log.shift();
    this.#alerts.delete(alert.id);
    this.#alerts.set(alert.id, raised);
    const oldest = this.#alerts.keys().next().value;
    if (this.#alerts.size > MAX_ALERTS && oldest !== undefined) this.clear(oldest);
    for (const listener of this.#listeners) listener.raised(raised);
  }

  /** People are called otherwise than before. What is over keeps the name that it was told with. */
  reword(nameOf: (deviceId: string) => string | null): void {
    for (const { past, about, say } of this.#log) {
      const alert = past.clearedAtMs === null ? this.#alerts.get(past.id) : undefined;
      const name = about === undefined ? null : nameOf(about);
      if (alert === undefined || say === undefined || name === null || say(name) === alert.sentence) continue;
      const reworded: Alert = { ...alert, sentence: say(name) };
      this.#alerts.set(alert.id, reworded);
      this.#note(alert.id, { sentence: reworded.sentence });
      for (const listener of this.#listeners) listener.reworded?.(reworded);
    }
  }

  clear(id: string): void {
    if (!this.#alerts.delete(id)) return;
    this.#note(id, { clearedAtMs: this.#clock.now() });
    for (const listener of this.#listeners) listener.cleared(id);
  }

  /** Somebody has seen it; again: nothing changes. @returns null when there is no such alert. */
  acknowledge(id: string, by: AlertAcknowledgement['by']): { readonly alert: Alert; readonly isNews: boolean } | null {
    const alert = this.#alerts.get(id);
    if (!alert) return null;
    if (alert.acknowledged) return { alert, isNews: false };
    const seen: Alert = { ...alert, acknowledged: { atMs: this.#clock.now(), by } };
    this.#alerts.set(id, seen);
    this.#note(id, { acknowledged: seen.acknowledged });
    for (const listener of this.#listeners) listener.acknowledged?.(seen);
    return { alert: seen, isNews: true };
  }

  /** All about a device: cleared, and not even in the log any more. */
  forgetAbout(deviceId: string): void {
    const named = this.#log.filter(({ about }) => about === deviceId);
    for (const { past } of named) if (past.clearedAtMs === null) this.clear(past.id);
    for (const one of named) this.#log.splice(this.#log.indexOf(one), 1);
  }

  /** Newest first. */
  log(): readonly PastAlert[] {
    return this.#log.map(({ past }) => past).toReversed();
  }

  has(id: string): boolean {
    return this.#alerts.has(id);
  }

  /** Oldest first. */
  list(): readonly Alert[] {
    return [...this.#alerts.values()];
  }

  listen(listener: AlertListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** In the log, of the one that lasts. */
  #note(id: string, change: Partial<PastAlert>): void {
    const logged = this.#log.findLast(({ past }) => past.id === id && past.clearedAtMs === null);
    if (logged) logged.past = { ...logged.past, ...change };
  }
}
