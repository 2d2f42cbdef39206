/** What refusals are counted in. */
interface RefusalStore {
  recordRefused(
    code: string,
    count: number,
    of: { readonly deviceId: string; readonly sessionId: string },
  ): Promise<void>;
}

interface RefusalOptions {
  readonly store: RefusalStore;
  readonly sessionId: () => string;
  readonly onBug: (error: unknown) => void;
}

interface Count {
  readonly deviceId: string;
  readonly sessionId: string;
  readonly code: string;
  count: number;
}

/** Before the code of a refused message that was no frame: counted apart, for custody is a count of frames. */
export const MESSAGE_REFUSAL = 'message:';

/** How long refusals are gathered before they go to the disk, ms: a flood of bad input must not become a flood of writes. */
const GATHER_MS = 1000;

/** Counts what was refused, for custody. One write for each device, session and code a second. */
export class RefusalCounts {
  readonly #options: RefusalOptions;
  #counts = new Map<string, Count>();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: RefusalOptions) {
    this.#options = options;
  }

  /** @param code of the refusal; with {@link MESSAGE_REFUSAL} before it where no frame was refused */
  add(deviceId: string, code: string, count: number): void {
    const sessionId = this.#options.sessionId();
    const name = `${sessionId} ${deviceId} ${code}`;
    const known = this.#counts.get(name);
    if (known) known.count += count;
    else this.#counts.set(name, { deviceId, sessionId, code, count });
    this.#timer ??= setTimeout(() => void this.flush(), GATHER_MS).unref();
  }

  /** Resolves when all that was counted is on the disk, or could not be put there. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const counts = [...this.#counts.values()];
    this.#counts = new Map();
    const { store, onBug } = this.#options;
    await Promise.all(
      counts.map(({ code, count, deviceId, sessionId }) =>
        store.recordRefused(code, count, { deviceId, sessionId }).catch(onBug),
      ),
    );
  }
}
