import { HubError } from '../../common/contract/errors';
import type { KickCode, PhoneConfig, PhoneRequest } from '../../common/wire/ingest';
import type { PhoneReach } from '../ingest';
import type { HubDevices } from './device-directory';
import { newId } from './ids';
import type { UnreadMessages } from './unread-messages';

interface PhonesParts {
  readonly devices: Pick<HubDevices, 'keepOut' | 'list' | 'merges' | 'personOf' | 'phonesOf' | 'stateOf'>;
  /** null until the hub listens. */
  reach(): PhoneReach | null;
  /** What phones are to send, as it is now. */
  config(): PhoneConfig;
  readonly unread: UnreadMessages;
}

/** What the operator says to phones. */
export class Phones {
  readonly #parts: PhonesParts;

  constructor(parts: PhonesParts) {
    this.#parts = parts;
  }

  /** Asks a phone for something, now. @throws HubError not_found; conflict when it is not there to be asked */
  ask(deviceId: string, what: PhoneRequest): { readonly id: string } {
    const name = this.#nameOf(deviceId);
    const id = newId('m');
    // Once: a person who has two pages open would be asked twice.
    const isAsked = this.#parts.devices
      .phonesOf(deviceId)
      .some((phone) => this.#say(phone, { type: 'request', id, what }));
    if (isAsked) return { id };
    throw new HubError('conflict', `${name} can't be asked now: its Perch page is not connected.`);
  }

  /** Removes a phone for 10 minutes. @throws HubError not_found */
  kick(deviceId: string, reason: string, code?: KickCode): void {
    this.#nameOf(deviceId);
    const { devices } = this.#parts;
    for (const phone of devices.merges.groupOf(deviceId)) {
      devices.keepOut(phone);
      this.#parts.reach()?.kick(phone, reason, code);
    }
  }

  /**
   * Writes to one phone, or to all that are there and let in. Who is away gets it when they come back, who waits to be let
   * in when they are.
   * @param deviceId null = everybody. @throws HubError not_found
   */
  write(
    deviceId: string | null,
    text: string,
  ): { readonly id: string; readonly delivered: number; readonly waiting: number } {
    const { devices } = this.#parts;
    const there = devices.list().filter(({ device, live }) => live > 0 && device.access === 'approved');
    const everybody = (): readonly string[] => [
      ...new Set(there.map(({ device }) => devices.merges.shownAs(device.deviceId))),
    ];
    const recipients = deviceId === null ? everybody() : [devices.personOf(deviceId).device.deviceId];
    const message = { id: newId('m'), text };
    let delivered = 0;
    for (const recipient of recipients) {
      this.#parts.unread.add(recipient, message);
      // On every page they have open: nobody knows which of them is looked at.
      const said = devices.phonesOf(recipient).map((phone) => this.#say(phone, { type: 'message', ...message }));
      if (said.includes(true)) delivered += 1;
    }
    return { id: message.id, delivered, waiting: recipients.length - delivered };
  }

  /** A phone is back, or was let in: what it has not read may never have reached it. */
  listening(deviceId: string): void {
    this.#say(deviceId, this.#parts.config());
    for (const kept of this.#parts.devices.merges.groupOf(deviceId)) {
      for (const message of this.#parts.unread.of(kept)) this.#say(deviceId, { type: 'message', ...message });
    }
  }

  /** What phones are to send has changed. @returns how many were there to hear it. */
  configure(): number {
    const config = this.#parts.config();
    return this.#parts.devices.list().filter(({ device }) => this.#say(device.deviceId, config)).length;
  }

  /** Nothing is kept for it any more. */
  forget(deviceId: string): void {
    this.#parts.unread.forget(deviceId);
  }

  /** It has read or answered it. */
  wasRead(deviceId: string, id: string): void {
    for (const kept of this.#parts.devices.merges.groupOf(deviceId)) this.#parts.unread.remove(kept, id);
  }

  /** Never to who waits to be let in: what the operator says is for the team. */
  #say(...[deviceId, message]: Parameters<PhoneReach['say']>): boolean {
    if (this.#parts.devices.stateOf(deviceId) !== 'active') return false;
    return this.#parts.reach()?.say(deviceId, message) ?? false;
  }

  /** @throws HubError not_found */
  #nameOf(deviceId: string): string {
    return this.#parts.devices.personOf(deviceId).device.name;
  }
}
