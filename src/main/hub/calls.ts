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
  presenceOf(deviceId: string): Presence | null;
  readonly onBug: (error: unknown) => void;
}

/** A call that nobody has ended, and the frame that it came in. */
interface OpenCall {
  readonly frameId: number;
  readonly sessionId: string;
  readonly text: string | null;
  readonly atMs: number;
}

const SETTING = 'calls';

/** Calls for help: one holds from its commit on until its phone ends it, over sessions and restarts. */
export class Calls {
  readonly #parts: CallsParts;
  /** Newest call or end of each device. What is replayed may be older than what came meanwhile. */
  readonly #lastFrame = new Map<string, number>();
  readonly #open: Map<string, OpenCall>;
  /** As it was left; nothing of it is written before {@link Calls.restore} has looked at it. */
  readonly #kept: ReadonlyMap<string, OpenCall>;

  constructor(settings: Readonly<Record<string, string>>, parts: CallsParts) {
    this.#parts = parts;
    this.#kept = new Map(Object.entries(keptJson<Record<string, OpenCall>>(settings[SETTING], {})));
    this.#open = new Map(this.#kept);
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
    if (word?.kind !== 'sos' || frameId <= (this.#lastFrame.get(deviceId) ?? this.#open.get(deviceId)?.frameId ?? 0))
      return;
    this.#lastFrame.set(deviceId, frameId);
    const call: OpenCall = { frameId, sessionId, text: word.text, atMs: receivedAtMs };
    if (word.isActive) this.#open.set(deviceId, call);
    else this.#open.delete(deviceId);
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
  }

  /** Of a person whose data is erased. */
  forget(deviceId: string): void {
    if (this.#open.delete(deviceId)) this.#save();
  }

  #save(): void {
    this.#parts.store.saveSetting(SETTING, JSON.stringify(Object.fromEntries(this.#open))).catch(this.#parts.onBug);
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
