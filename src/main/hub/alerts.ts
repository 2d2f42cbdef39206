import type { Alert } from '../../common/model/alert';

/** Told of every alert raised or cleared. */
export interface AlertListener {
  raised(alert: Alert): void;
  cleared(id: string): void;
}

/** Alerts kept at once; the oldest gives way. A flood of causes must not fill the memory. */
const MAX_ALERTS = 200;

/** Trouble as keyed data: raised and cleared by id. */
export class AlertBoard {
  readonly #alerts = new Map<string, Alert>();
  readonly #listeners = new Set<AlertListener>();
  readonly #clock: { now(): number };

  constructor(clock: { now(): number }) {
    this.#clock = clock;
  }

  /** Raises an alert; one with the same id is replaced, and told again only when it says something else. */
  raise(alert: Omit<Alert, 'raisedAtMs'>): void {
    const before = this.#alerts.get(alert.id);
    if (before?.sentence === alert.sentence && before.severity === alert.severity) return;
    const raised: Alert = { ...alert, raisedAtMs: this.#clock.now() };
    this.#alerts.delete(alert.id);
    this.#alerts.set(alert.id, raised);
    const oldest = this.#alerts.keys().next().value;
    if (this.#alerts.size > MAX_ALERTS && oldest !== undefined) this.clear(oldest);
    for (const listener of this.#listeners) listener.raised(raised);
  }

  clear(id: string): void {
    if (!this.#alerts.delete(id)) return;
    for (const listener of this.#listeners) listener.cleared(id);
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
}
