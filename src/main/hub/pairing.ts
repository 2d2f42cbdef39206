import { HubError } from '../../common/contract/errors';
import type { Pairing } from '../../common/contract/schemas';
import type { KeyInfo } from '../../common/model/key';
import type { NetworkAddress } from '../../common/model/network-address';
import type { Lan, Listening } from '../lan';

/** Bound to where it listens: what the QR code says. */
export class PairingBoard {
  readonly #lan: Lan;
  readonly #listening: Listening;
  readonly #joinKey: () => string;
  readonly #onChanged: (pairing: Pairing) => void;
  #chosen: string | null = null;
  #reachedVia: string | null = null;

  constructor(lan: Lan, listening: Listening, joinKey: () => string, onChanged: (pairing: Pairing) => void) {
    this.#lan = lan;
    this.#listening = listening;
    this.#joinKey = joinKey;
    this.#onChanged = onChanged;
    lan.onAddressesChanged(() => onChanged(this.state()));
    lan.onReached((localAddress) => {
      if (this.#reachedVia === localAddress) return;
      this.#reachedVia = localAddress;
      onChanged(this.state());
    });
  }

  state(): Pairing {
    const addresses = this.#lan.addresses();
    const selected = addresses.find(({ address }) => address === this.#chosen) ?? addresses[0];
    const selectedAddress = selected?.address ?? '127.0.0.1';
    return {
      joinUrl: this.#joinUrl(selectedAddress),
      selectedAddress,
      choices: addresses.map((one: NetworkAddress) => ({ ...one, joinUrl: this.#joinUrl(one.address) })),
      httpPort: this.#listening.httpPort,
      tlsPort: this.#listening.tlsPort,
      caFingerprint: this.#lan.caFingerprint,
      reachedVia: this.#reachedVia,
    };
  }

  /** Puts another address into the QR code, until it goes away. @throws HubError not_found. */
  select(address: string): Pairing {
    if (!this.#lan.addresses().some((one) => one.address === address)) {
      throw new HubError('not_found', `${address} is not an address of this laptop.`);
    }
    this.#chosen = address;
    const pairing = this.state();
    // Every other control room shows the same code.
    this.#onChanged(pairing);
    return pairing;
  }

  /** The code is another: every control room shows it at once. */
  tell(): void {
    this.#onChanged(this.state());
  }

  /** What a QR code of a key holds: the phone page of those that send, the control room of those that look. */
  linkOf(kind: KeyInfo['kind'], key: string): string {
    const { selectedAddress } = this.state();
    if (kind === 'join' || kind === 'personal') return `${this.#origin(selectedAddress)}/join#k=${key}`;
    const { httpPort, tlsPort } = this.#listening;
    const origin = tlsPort === null ? `http://${selectedAddress}:${httpPort}` : `https://${selectedAddress}:${tlsPort}`;
    return `${origin}/room#k=${key}`;
  }

  #origin(address: string): string {
    return `http://${address}:${this.#listening.httpPort}`;
  }

  /** The key is in the fragment: it never leaves the phone's browser. */
  #joinUrl(address: string): string {
    return `${this.#origin(address)}/join#k=${this.#joinKey()}`;
  }
}
