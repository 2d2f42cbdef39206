import { CLOSE } from '../../common/wire/close-codes';
import type { KickCode, OperatorToPhone } from '../../common/wire/ingest';

/** One open way to a phone. */
export interface PhoneLine {
  readonly deviceId: string;
  /** The phone understands what the operator sends: its handshake said `protocol: 1`. */
  readonly isListening: boolean;
  say(message: OperatorToPhone): void;
  /** Says the welcome again, as it now is, to a phone that was welcomed. */
  welcome(): void;
  end(code: number, reason: string): Promise<void>;
}

/** What the hub can do to phones that are there. */
export interface PhoneReach {
  /** @returns whether a phone that understands it was there to get it. */
  say(deviceId: string, message: OperatorToPhone): boolean;
  /** Says why, then closes with 4003. */
  kick(deviceId: string, reason: string, code?: KickCode): void;
  /** Says `welcome` again: the operator has let it in. */
  welcome(deviceId: string): void;
}

/** All open ways to phones, by device. */
export class PhoneLines implements PhoneReach {
  readonly #lines = new Map<string, Set<PhoneLine>>();

  add(line: PhoneLine): void {
    const lines = this.#lines.get(line.deviceId);
    if (lines) lines.add(line);
    else this.#lines.set(line.deviceId, new Set([line]));
  }

  remove(line: PhoneLine): void {
    const lines = this.#lines.get(line.deviceId);
    if (lines?.delete(line) && lines.size === 0) this.#lines.delete(line.deviceId);
  }

  has(deviceId: string): boolean {
    return this.#lines.has(deviceId);
  }

  say(deviceId: string, message: OperatorToPhone): boolean {
    const listening = this.#of(deviceId).filter(({ isListening }) => isListening);
    for (const line of listening) line.say(message);
    return listening.length > 0;
  }

  kick(deviceId: string, reason: string, code?: KickCode): void {
    this.say(deviceId, { type: 'kicked', reason, ...(code === undefined ? {} : { code }) });
    // A reason on the close itself may have 123 bytes (RFC 6455, section 5.5).
    for (const line of this.#of(deviceId)) void line.end(CLOSE.kicked, 'Removed by the operator');
  }

  welcome(deviceId: string): void {
    for (const line of this.#of(deviceId)) line.welcome();
  }

  #of(deviceId: string): readonly PhoneLine[] {
    return [...(this.#lines.get(deviceId) ?? [])];
  }
}
