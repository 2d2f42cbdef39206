import { HubError } from '../../common/contract/errors';
import type { Pairing } from '../../common/contract/schemas';
import type { KeyInfo } from '../../common/model/key';
import type { NetworkAddress } from '../../common/model/network-address';
import type { Lan, Listening } from '../lan';
import type { JoinCodes } from './keys/join-codes';

interface PairingParts {
  readonly lan: Lan;
  readonly listening: Listening;
  readonly codes: JoinCodes;
  readonly clock: { now(): number };
  joinKey(): string;
  /** The address chosen in an earlier run; null: none. */
  readonly kept: string | null;
  keep(address: string): void;
  onChanged(pairing: Pairing): void;
}

/** Bound to where it listens: what the QR code says. */
export class PairingBoard {
  readonly #parts: PairingParts;
  #chosen: string | null;
  #reachedVia: string | null = null;
  #reachedAtMs: number | null = null;
  #secureReach: Pairing['secureReach'] = 'never';
  /** Of the steady clock. */
  #firstReachedMs: number | null = null;
  /** Likewise. */
  #firstShownMs: number | null = null;

  constructor(parts: PairingParts) {
    this.#parts = parts;
    this.#chosen = parts.kept;
    const { lan, codes, clock } = parts;
    lan.onAddressesChanged(() => this.tell());
    codes.happened.listen(() => this.tell());
    lan.onReached(({ localAddress, isTls }) => {
      this.#reachedAtMs = clock.now();
      this.#firstReachedMs ??= performance.now();
      const isNews = this.#reachedVia !== localAddress;
      this.#reachedVia = localAddress;
      if (isTls) this.#reachSecure('page');
      if (isNews) this.tell();
    });
    lan.onSecurePortReached(() => this.#reachSecure('port'));
  }

  state(): Pairing {
    const addresses = this.#parts.lan.offered();
    const selected = addresses.find(({ address }) => address === this.#chosen) ?? addresses[0];
    const selectedAddress = selected?.address ?? '127.0.0.1';
    const code = this.#parts.codes.current;
    return {
      joinUrl: this.#joinUrl(selectedAddress),
      selectedAddress,
      choices: addresses.map((one: NetworkAddress) => ({ ...one, joinUrl: this.#joinUrl(one.address) })),
      httpPort: this.#parts.listening.httpPort,
      tlsPort: this.#parts.listening.tlsPort,
      caFingerprint: this.#parts.lan.caFingerprint,
      reachedVia: this.#reachedVia,
      reachedAtMs: this.#reachedAtMs,
      secureReach: this.#secureReach,
      code: code && { ...code, joinUrl: `${this.#origin(selectedAddress)}/join#c=${code.code}` },
    };
  }

  /** Somebody looks at the code: what is silent from here on is worth a word. */
  shown(): Pairing {
    this.#firstShownMs ??= performance.now();
    return this.state();
  }

  /** How long ago that was first, ms; null: not in this run. */
  shownForMs(): number | null {
    return this.#firstShownMs === null ? null : performance.now() - this.#firstShownMs;
  }

  /** How long ago anything of another machine first reached us, ms; null: nothing has. */
  reachedForMs(): number | null {
    return this.#firstReachedMs === null ? null : performance.now() - this.#firstReachedMs;
  }

  /** Puts another address into the QR code, whenever this laptop has it, after a restart too. @throws HubError not_found. */
  select(address: string): Pairing {
    if (!this.#parts.lan.offered().some((one) => one.address === address)) {
      throw new HubError('not_found', `${address} is no address or name of this laptop.`);
    }
    this.#chosen = address;
    this.#parts.keep(address);
    const pairing = this.state();
    // Every other control room shows the same code.
    this.#parts.onChanged(pairing);
    return pairing;
  }

  /** A code to type, instead of the one before. */
  newCode(): Pairing {
    this.#parts.codes.make();
    return this.state();
  }

  /** Every phone has to trust the new one. @throws Error with a sentence */
  async replaceAuthority(): Promise<Pairing> {
    await this.#parts.lan.replaceAuthority();
    this.tell();
    return this.state();
  }

  /** The code is another: every control room shows it at once. */
  tell(): void {
    this.#parts.onChanged(this.state());
  }

  /** What a QR code of a key holds: the phone page of those that send, the control room of those that look. */
  linkOf(kind: KeyInfo['kind'], key: string): string {
    const { selectedAddress } = this.state();
    if (kind === 'join' || kind === 'personal') return `${this.#origin(selectedAddress)}/join#k=${key}`;
    const { httpPort, tlsPort } = this.#parts.listening;
    const secureHost = this.#parts.lan.secureHost() ?? selectedAddress;
    const origin = tlsPort === null ? `http://${selectedAddress}:${httpPort}` : `https://${secureHost}:${tlsPort}`;
    return `${origin}/room#k=${key}`;
  }

  /** A page is more than a port; either stays known. */
  #reachSecure(what: 'port' | 'page'): void {
    if (this.#secureReach === what || this.#secureReach === 'page') return;
    this.#secureReach = what;
    this.tell();
  }

  #origin(address: string): string {
    return `http://${address}:${this.#parts.listening.httpPort}`;
  }

  /** The key is in the fragment: it never leaves the phone's browser. */
  #joinUrl(address: string): string {
    return `${this.#origin(address)}/join#k=${this.#parts.joinKey()}`;
  }
}
