import type { StoredFrame } from '../../common/model/frame';
import type { SosCall } from '../../common/model/live-device';
import type { Store } from '../store';
import type { AlertBoard } from './alerts';
import type { HubDevices } from './device-directory';
import { keptJson } from './kept-json';
import type { LiveState, Presence } from './live-state';
import { removedSosAlertId, sosAlert, sosAlertId } from './phone-alerts';
import type { Word } from './words';

interface CallsParts {
  readonly store: Pick<Store, 'saveSetting' | 'latest'>;
  readonly alerts: AlertBoard;
  readonly devices: Pick<HubDevices, 'nameOf'>;
  readonly live: LiveState;
  /** The current session. */
  sessionId(): string;
  presenceOf(deviceId: string): Presence | null;
  readonly onBug: (error: unknown) => void;
}

/** A call, or the end of one, and the frame that it came in. */
interface HeardCall {
  readonly frameId: number;
  readonly sessionId: string;
  readonly text: string | null;
  readonly atMs: number;
}

/** Those that nobody has ended. */
const SETTING = 'calls';
/** Those of the current session that have ended: shown as that. */
const ENDED_SETTING = 'calls.ended';

/** Calls for help: one holds from its commit on until its phone ends it, over sessions and restarts. */
export class Calls {
  readonly #parts: CallsParts;
  /** Newest call or end of each device. What is replayed may be older than what came meanwhile. */
  readonly #lastFrame = new Map<string, number>();
  readonly #open: Map<string, HeardCall>;
  readonly #ended: Map<string, HeardCall>;
  /** As it was left; nothing of it is written before {@link Calls.restore} has looked at it. */
  readonly #kept: ReadonlyMap<string, HeardCall>;
  /** The first frame that was heard and is not saved yet; null: all are. */
  #unsavedFrom: number | null = null;
  #saves = 0;
  /** Under way. */
  #saving = 0;

  constructor(settings: Readonly<Record<string, string>>, parts: CallsParts) {
    this.#parts = parts;
    this.#kept = new Map(Object.entries(keptJson<Record<string, HeardCall>>(settings[SETTING], {})));
    this.#open = new Map(this.#kept);
    this.#ended = new Map(Object.entries(keptJson<Record<string, HeardCall>>(settings[ENDED_SETTING], {})));
  }

  /** A stored frame, new or replayed: is it a call, or the end of one? */
  hear(
    {
      deviceId,
      frameId,
      sessionId,
      receivedAtMs,
    }: Pick<StoredFrame, 'deviceId' | 'frameId' | 'sessionId' | 'receivedAtMs'>,
    word: Word | null,
  ): void {
    if (word?.kind !== 'sos' || frameId <= this.#heardUpTo(deviceId)) return;
    this.#lastFrame.set(deviceId, frameId);
    const call: HeardCall = { frameId, sessionId, text: word.text, atMs: receivedAtMs };
    const [now, before] = word.isActive ? [this.#open, this.#ended] : [this.#ended, this.#open];
    now.set(deviceId, call);
    before.delete(deviceId);
    this.#unsavedFrom ??= frameId;
    this.#show(deviceId, { active: word.isActive, text: word.text, atMs: receivedAtMs });
    this.#save();
  }

  /** After a restart: raises again what was left open, of whatever session, and shows it where the person was then. */
  async restore(): Promise<void> {
    const { store, live } = this.#parts;
    for (const [deviceId, { frameId, sessionId, text, atMs }] of this.#kept) {
      // A person who was erased calls no more.
      const presence = this.#parts.presenceOf(deviceId);
      if (presence === null) {
        this.#open.delete(deviceId);
        continue;
      }
      if (!live.has(deviceId)) {
        const found = (await store.latest({ sessionId })).find((one) => one.deviceId === deviceId);
        live.restore(found?.newest ?? [], 0, presence);
      }
      // Ended while we looked.
      if (this.#open.get(deviceId)?.frameId === frameId) this.#show(deviceId, { active: true, text, atMs }, presence);
    }
    for (const [deviceId, { sessionId, text, atMs }] of this.#ended) {
      if (sessionId === this.#parts.sessionId()) live.sosCalled(deviceId, { active: false, text, atMs });
    }
  }

  /** Frames up to it need not be heard again after a restart. */
  get keptUpTo(): number {
    return this.#unsavedFrom === null ? Infinity : this.#unsavedFrom - 1;
  }

  /** After a failing disk: tries again. */
  saveAgain(): void {
    if (this.#unsavedFrom !== null && this.#saving === 0) this.#save();
  }

  /** Of a person whose data is erased. */
  forget(deviceId: string): void {
    const hadEnded = this.#ended.delete(deviceId);
    if (this.#open.delete(deviceId) || hadEnded) this.#save();
  }

  #heardUpTo(deviceId: string): number {
    const heard = [this.#open, this.#ended].map((calls) => calls.get(deviceId)?.frameId ?? 0);
    return Math.max(this.#lastFrame.get(deviceId) ?? 0, ...heard);
  }

  #save(): void {
    const { store, onBug } = this.#parts;
    const current = this.#parts.sessionId();
    for (const [deviceId, call] of this.#ended) if (call.sessionId !== current) this.#ended.delete(deviceId);
    this.#saves += 1;
    this.#saving += 1;
    const save = this.#saves;
    const saved = [
      store.saveSetting(SETTING, JSON.stringify(Object.fromEntries(this.#open))),
      store.saveSetting(ENDED_SETTING, JSON.stringify(Object.fromEntries(this.#ended))),
    ];
    Promise.all(saved)
      .then(() => {
        // Else what was heard meanwhile is still on its way.
        if (save === this.#saves) this.#unsavedFrom = null;
      }, onBug)
      .finally(() => {
        this.#saving -= 1;
      });
  }

  #show(deviceId: string, call: SosCall, presence?: Presence): void {
    const { alerts, devices, live } = this.#parts;
    live.sosCalled(deviceId, call, presence);
    // It is back, and this is its newest word.
    alerts.clear(removedSosAlertId(deviceId));
    if (call.active) alerts.raise(sosAlert(deviceId, devices.nameOf(deviceId) ?? deviceId, call));
    else alerts.clear(sosAlertId(deviceId));
  }
}
