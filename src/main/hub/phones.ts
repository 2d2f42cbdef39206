import { HubError } from '../../common/contract/errors';
import type { KickCode, PhoneConfig, PhoneRequest } from '../../common/wire/ingest';
import type { PhoneReach } from '../ingest';
import type { HubDevices } from './device-directory';
import { newId } from './ids';
import type { UnreadMessages } from './unread-messages';

interface PhonesParts {
  readonly devices: Pick<HubDevices, 'get' | 'list' | 'keepOut' | 'stateOf'>;
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
    const name = this.nameOf(deviceId);
    const id = newId('m');
    if (this.#say(deviceId, { type: 'request', id, what })) return { id };
    throw new HubError('conflict', `${name} can't be asked now: its Perch page is not connected.`);
  }

  /** Removes a phone for 10 minutes. @throws HubError not_found */
  kick(deviceId: string, reason: string, code?: KickCode): void {
    this.nameOf(deviceId);
    this.#parts.devices.keepOut(deviceId);
    this.#parts.reach()?.kick(deviceId, reason, code);
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
    if (deviceId !== null) this.nameOf(deviceId);
    const everybody = (): readonly string[] =>
      this.#parts.devices
        .list()
        .flatMap(({ device, live }) => (live > 0 && device.access === 'approved' ? [device.deviceId] : []));
    const recipients = deviceId === null ? everybody() : [deviceId];
    const message = { id: newId('m'), text };
    let delivered = 0;
    for (const recipient of recipients) {
      this.#parts.unread.add(recipient, message);
      if (this.#say(recipient, { type: 'message', ...message })) delivered += 1;
    }
    return { id: message.id, delivered, waiting: recipients.length - delivered };
  }

  /** A phone is back, or was let in: what it has not read may never have reached it. */
  listening(deviceId: string): void {
    this.#say(deviceId, this.#parts.config());
    for (const message of this.#parts.unread.of(deviceId)) this.#say(deviceId, { type: 'message', ...message });
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
    this.#parts.unread.remove(deviceId, id);
  }

  /** Never to who waits to be let in: what the operator says is for the team. */
  #say(...[deviceId, message]: Parameters<PhoneReach['say']>): boolean {
    if (this.#parts.devices.stateOf(deviceId) !== 'active') return false;
    return this.#parts.reach()?.say(deviceId, message) ?? false;
  }

  /** @throws HubError not_found */
  nameOf(deviceId: string): string {
    const entry = this.#parts.devices.get(deviceId);
    if (!entry) throw new HubError('not_found', 'There is no such device.');
    return entry.device.name;
  }
}
