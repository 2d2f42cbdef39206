import type { Alert, AlertAcknowledgement, PastAlert } from '../../common/model/alert';

/** Told of every alert raised or cleared. */
export interface AlertListener {
  raised(alert: Alert): void;
  cleared(id: string): void;
  acknowledged?(alert: Alert): void;
}

/** Alerts remembered after they were cleared, with those that last. */
const MAX_LOG = 200;

/** What an alert is raised with. */
export type NewAlert = Omit<Alert, 'raisedAtMs' | 'acknowledged'>;

/** Alerts kept at once; the oldest gives way. A flood of causes must not fill the memory. */
const MAX_ALERTS = 200;

/** Trouble as keyed data: raised and cleared by id. */
export class AlertBoard {
  readonly #alerts = new Map<string, Alert>();
  /** Oldest first. */
  readonly #log: PastAlert[] = [];
  readonly #listeners = new Set<AlertListener>();
  readonly #clock: { now(): number };

  constructor(clock: { now(): number }) {
    this.#clock = clock;
  }

  /** Raises an alert; one with the same id is replaced, and told again only when it says something else. */
  raise(alert: NewAlert): void {
    const before = this.#alerts.get(alert.id);
    if (before?.sentence === alert.sentence && before.severity === alert.severity) return;
    const raised: Alert = { ...alert, raisedAtMs: this.#clock.now(), acknowledged: null };
    this.#note(alert.id, { clearedAtMs: raised.raisedAtMs });
    this.#log.push({ ...raised, clearedAtMs: null });
    if (this.#log.length > MAX_LOG) this.#log.shift();
    this.#alerts.delete(alert.id);
    this.#alerts.set(alert.id, raised);
    const oldest = this.#alerts.keys().next().value;
    if (this.#alerts.size > MAX_ALERTS && oldest !== undefined) this.clear(oldest);
    for (const listener of this.#listeners) listener.raised(raised);
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

  /** Cleared, and not even in the log any more. */
  forget(id: string): void {
    this.clear(id);
    for (let at = this.#log.length - 1; at >= 0; at -= 1) if (this.#log[at]?.id === id) this.#log.splice(at, 1);
  }

  /** Newest first. */
  log(): readonly PastAlert[] {
    return this.#log.toReversed();
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
    const at = this.#log.findLastIndex((past) => past.id === id && past.clearedAtMs === null);
    const past = this.#log[at];
    if (past) this.#log[at] = { ...past, ...change };
  }
}
