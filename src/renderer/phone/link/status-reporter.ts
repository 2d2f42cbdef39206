import type { PhoneStatus } from '../../../common/wire/ingest';
import type { Link } from './link';

/** What the hub is told of the phone itself. `battery` and `charging` are null where the browser does not tell. */
export interface ReportedStatus extends PhoneStatus {
  /** By sensor. */
  readonly permissions: Readonly<Record<string, PermissionWord>>;
}

/** W3C PermissionState, and a word for what this phone or browser has none of. */
export type PermissionWord = PermissionState | 'unavailable';

interface StatusTimings {
  /** Between two at the least: each captured frame is a change. */
  readonly gapMs: number;
  /** Without a change. */
  readonly quietMs: number;
}

const TIMINGS: StatusTimings = { gapMs: 5_000, quietMs: 30_000 };

/** Sends the status on connect, on change and now and then. What goes unsent is not made up for: the next one tells. */
export class StatusReporter {
  readonly #link: Link;
  readonly #read: () => ReportedStatus;
  readonly #timings: StatusTimings;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Since this heard of the welcome: the hub is pinged before it is told anything. */
  #isUp = false;
  #sentAtMs = 0;
  #sent = '';

  constructor(link: Link, read: () => ReportedStatus, timings: Partial<StatusTimings> = {}) {
    this.#link = link;
    this.#read = read;
    this.#timings = { ...TIMINGS, ...timings };
    link.listen({
      stateChanged: (state) => {
        clearTimeout(this.#timer);
        this.#isUp = state.kind === 'connected';
        if (this.#isUp) this.tell();
      },
      received: () => undefined,
      lost: () => undefined,
    });
  }

  /** Something may have changed: call it as often as you like. */
  changed(): void {
    if (!this.#isUp || this.#message() === this.#sent) return;
    const waitMs = this.#sentAtMs + this.#timings.gapMs - Date.now();
    clearTimeout(this.#timer);
    if (waitMs <= 0) this.tell();
    else this.#timer = setTimeout(() => this.tell(), waitMs);
  }

  /** Sends it now, changed or not. */
  tell(): void {
    const message = this.#message();
    if (!this.#link.send(message)) return;
    this.#sent = message;
    this.#sentAtMs = Date.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.tell(), this.#timings.quietMs);
  }

  #message(): string {
    return JSON.stringify({ type: 'status', ...this.#read() });
  }
}
