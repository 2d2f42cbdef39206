import type { AccessState } from '../../common/model/access';
import type { AlertBoard } from './alerts';
import type { DeviceEntry } from './device-identity';
import { WAITING_ALERT, waitingAlert } from './phone-alerts';
import { Signal } from './signal';
import { askStore } from './store-refusal';

interface AccessParts {
  readonly store: { saveSetting(name: string, value: string): Promise<void> };
  readonly alerts: AlertBoard;
  waiting(): readonly DeviceEntry[];
}

const SETTING = 'approveFirst';
/** No more news than an eye reads, ms: many phones may come at once. */
const TELL_MS = 250;

/** Whether new devices have to be let in, and who waits for it. */
export class AccessBook {
  readonly changed = new Signal<AccessState>();
  readonly #parts: AccessParts;
  #approveFirst: boolean;
  #timer: NodeJS.Timeout | null = null;

  constructor(settings: Readonly<Record<string, string>>, parts: AccessParts) {
    this.#approveFirst = settings[SETTING] === 'true';
    this.#parts = parts;
  }

  get approveFirst(): boolean {
    return this.#approveFirst;
  }

  state(): AccessState {
    const waiting = this.#parts.waiting().map(({ device, live }) => {
      const { deviceId, name, platform, userAgent, lastAddress: address, firstSeenAtMs, lastSeenAtMs } = device;
      return { deviceId, name, platform, userAgent, address, firstSeenAtMs, lastSeenAtMs, isOnline: live > 0 };
    });
    return { approveFirst: this.#approveFirst, waiting };
  }

  /** @throws HubError storage_unavailable */
  async set(approveFirst: boolean): Promise<void> {
    await askStore(this.#parts.store.saveSetting(SETTING, String(approveFirst)));
    this.#approveFirst = approveFirst;
    this.tell();
  }

  /** Somebody waits, or does no longer. */
  tell(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const state = this.state();
      const first = state.waiting[0];
      if (first) this.#parts.alerts.raise(waitingAlert(first, state.waiting.length));
      else this.#parts.alerts.clear(WAITING_ALERT);
      this.changed.send(state);
    }, TELL_MS).unref();
  }
}
