import { HubError } from '../../common/contract/errors';
import type { Device } from '../../common/model/device';
import type { PhoneReach } from '../ingest';
import type { AccessBook } from './access';
import type { AlertBoard } from './alerts';
import { type AuditLog, OPERATOR } from './audit';
import type { HubDevices } from './device-directory';
import type { DeviceEntry } from './device-identity';
import type { HubKeyRing } from './key-ring';
import type { KeyBook } from './keys/key-book';
import type { LiveState } from './live-state';
import { waitingSosAlertId } from './phone-alerts';
import type { Phones } from './phones';
import { presenceOf } from './shown-as';
import { askStore } from './store-refusal';

interface PeopleParts {
  readonly devices: HubDevices;
  readonly keys: HubKeyRing;
  readonly keyBook: KeyBook;
  readonly store: { deleteDeviceKeys(deviceId: string): Promise<void> };
  readonly live: LiveState;
  readonly access: AccessBook;
  readonly audit: AuditLog;
  readonly alerts: Pick<AlertBoard, 'clear'>;
  readonly phones: Pick<Phones, 'listening'>;
  /** null until the hub listens. */
  reach(): PhoneReach | null;
  /** Ends what else is open with a key. */
  closeKey(keyId: string): void;
}

type Change = Parameters<HubDevices['change']>[1];

/** What the operator decides about a person. Each decision is durable when it resolves, and in the audit log. */
export class People {
  readonly #parts: PeopleParts;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  /** @throws HubError not_found */
  async rename(deviceId: string, name: string): Promise<Device> {
    const { deviceId: personId, name: before } = this.#person(deviceId);
    const device = await this.#change(personId, { name });
    const detail = `“${before}” is now “${name}”.`;
    this.#parts.audit.record({ action: 'device.renamed', actor: OPERATOR, deviceId: personId, detail });
    return device;
  }

  /** @param colour null: nobody's choice. @throws HubError not_found */
  async setColour(deviceId: string, colour: number | null): Promise<Device> {
    const { deviceId: personId } = this.#person(deviceId);
    const device = await this.#change(personId, { colour });
    const detail = `“${device.name}” has ${colour === null ? 'no chosen colour any more' : `colour ${colour + 1} now`}.`;
    this.#parts.audit.record({ action: 'device.coloured', actor: OPERATOR, deviceId: personId, detail });
    return device;
  }

  /** @throws HubError not_found */
  async setNote(deviceId: string, note: string): Promise<Device> {
    const { deviceId: personId } = this.#person(deviceId);
    const device = await this.#change(personId, { note });
    const detail = note === '' ? `The note about “${device.name}” was removed.` : `About “${device.name}”: ${note}`;
    this.#parts.audit.record({ action: 'device.noted', actor: OPERATOR, deviceId: personId, detail });
    return device;
  }

  /** @throws HubError not_found, conflict */
  async approve(deviceId: string): Promise<void> {
    const entry = this.#waiting(deviceId);
    const { name, lastAddress } = await this.#change(deviceId, { access: 'approved' });
    const { live, audit, access, phones } = this.#parts;
    this.#parts.reach()?.welcome(deviceId);
    phones.listening(deviceId);
    const presence = presenceOf(this.#parts.devices, deviceId);
    if (entry.live > 0 && presence) live.online(deviceId, presence);
    // What it stored now raises its own.
    this.#parts.alerts.clear(waitingSosAlertId(deviceId));
    const detail = `“${name}” at ${lastAddress ?? 'an unknown address'} was let in.`;
    audit.record({ action: 'device.approved', actor: OPERATOR, deviceId, detail });
    access.tell();
  }

  /** @throws HubError not_found, conflict */
  deny(deviceId: string): void {
    const { name, lastAddress } = this.#waiting(deviceId).device;
    const { devices, audit, access } = this.#parts;
    devices.keepOut(deviceId);
    this.#parts.alerts.clear(waitingSosAlertId(deviceId));
    this.#parts.reach()?.kick(deviceId, 'The operator did not let this phone in.', 'declined');
    const detail = `“${name}” at ${lastAddress ?? 'an unknown address'} was not let in, for 10 minutes.`;
    audit.record({ action: 'device.denied', actor: OPERATOR, deviceId, detail });
    access.tell();
  }

  /** Takes the keys of all their devices back. @throws HubError not_found */
  async revoke(deviceId: string): Promise<Device> {
    const { deviceId: personId } = this.#person(deviceId);
    const { audit, devices, store } = this.#parts;
    const group = devices.merges.groupOf(personId);
    // At once, before the disk: a key that was lost must not be good for a moment longer.
    const gone = group.flatMap((id) => this.#closeKeysOf(id));
    // Claimed: with a join key nobody is this device by saying so.
    for (const id of group) await this.#change(id, { access: 'revoked', isClaimed: true });
    for (const id of group) await askStore(store.deleteDeviceKeys(id));
    const device = this.#person(personId);
    const detail = `The keys of “${device.name}” were taken back, ${gone.length} of its own. What it sent stays.`;
    audit.record({ action: 'device.revoked', actor: OPERATOR, deviceId: personId, detail });
    return device;
  }

  /** Lets it pair anew as the same device. @throws HubError not_found, conflict */
  async readmit(deviceId: string): Promise<Device> {
    const { deviceId: personId, name } = this.#person(deviceId);
    const group = this.#parts.devices.merges.groupOf(personId);
    const revoked = group.filter((id) => this.#entry(id).device.access === 'revoked');
    if (revoked.length === 0) throw new HubError('conflict', 'Its keys were not taken back: it can pair as it is.');
    for (const id of revoked) await this.#change(id, { access: 'approved', isClaimed: false });
    const detail = `“${name}” may pair again as the same person.`;
    this.#parts.audit.record({ action: 'device.readmitted', actor: OPERATOR, deviceId: personId, detail });
    return this.#person(personId);
  }

  /** @returns the ids of the keys that were its own. */
  #closeKeysOf(deviceId: string): readonly string[] {
    const { keys, keyBook } = this.#parts;
    const gone = keys.removeDeviceKeys(deviceId);
    keyBook.revokeOfDevice(deviceId);
    this.#parts.reach()?.kick(deviceId, 'The operator took the keys of this phone back.', 'revoked');
    for (const keyId of gone) this.#parts.closeKey(keyId);
    return gone;
  }

  /** Who a device is shown as. */
  #person(deviceId: string): Device {
    return this.#parts.devices.personOf(deviceId).device;
  }

  async #change(deviceId: string, change: Change): Promise<Device> {
    const { devices, live } = this.#parts;
    const device = await askStore(devices.change(deviceId, change));
    const presence = presenceOf(devices, deviceId);
    if (presence) live.present(deviceId, presence);
    return device;
  }

  #waiting(deviceId: string): DeviceEntry {
    const entry = this.#entry(deviceId);
    if (entry.device.access === 'pending') return entry;
    throw new HubError('conflict', `${entry.device.name} does not wait to be let in.`);
  }

  #entry(deviceId: string): DeviceEntry {
    const entry = this.#parts.devices.get(deviceId);
    if (!entry) throw new HubError('not_found', 'There is no such device.');
    return entry;
  }
}
