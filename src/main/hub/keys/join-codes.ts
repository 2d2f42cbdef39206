import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import {
  JOIN_CODE_ALPHABET,
  JOIN_CODE_LENGTH,
  JOIN_CODE_LIFE_MS,
  JOIN_CODE_TRIES,
  JOIN_CODE_TRIES_AN_ADDRESS,
  toJoinCode,
} from '../../../common/wire/join-code';
import { Signal } from '../signal';

/** A code that is good now. */
export interface JoinCode {
  readonly code: string;
  readonly expiresAtMs: number;
}

/** What came of a code that somebody typed. */
export type CodeVerdict =
  | 'right'
  | 'wrong'
  /** This address has sent so many wrong ones that it is not looked at. */
  | 'tooManyHere'
  /** So many wrong ones came that there is no code any more; a new one must be made. */
  | 'tooManyInAll';

/** A code was made, or the one there was is no good any more. */
export type CodeEvent = 'made' | 'used' | 'expired' | 'guessed';

interface Current {
  readonly good: JoinCode;
  readonly wrongByAddress: Map<string, number>;
  wrong: number;
}

/** The one code that opens the door to whoever types it, once, for a short time. Never written down. */
export class JoinCodes {
  readonly happened = new Signal<CodeEvent>();
  readonly #clock: { now(): number };
  #current: Current | null = null;
  /** The last code ended by guesses. */
  #wasGuessed = false;

  constructor(clock: { now(): number }) {
    this.#clock = clock;
  }

  /** null: none is good. */
  get current(): JoinCode | null {
    return this.#current?.good ?? null;
  }

  /** Makes a code; the one before is no good any more. */
  make(): JoinCode {
    this.#wasGuessed = false;
    let code = '';
    while (code.length < JOIN_CODE_LENGTH) code += JOIN_CODE_ALPHABET.charAt(randomInt(JOIN_CODE_ALPHABET.length));
    const expiresAtMs = this.#clock.now() + JOIN_CODE_LIFE_MS;
    const good = { code, expiresAtMs };
    this.#current = { good, wrong: 0, wrongByAddress: new Map() };
    this.happened.send('made');
    return good;
  }

  /** Judges what somebody typed; a right code is used up. Takes the same time however near a wrong one comes. */
  redeem(typed: string, address: string): CodeVerdict {
    this.tick();
    const current = this.#current;
    if (!current) return this.#wasGuessed ? 'tooManyInAll' : 'wrong';
    const wrongHere = current.wrongByAddress.get(address) ?? 0;
    if (wrongHere >= JOIN_CODE_TRIES_AN_ADDRESS) return 'tooManyHere';
    if (isSame(toJoinCode(typed) ?? '', current.good.code)) {
      this.#end('used');
      return 'right';
    }
    current.wrong += 1;
    current.wrongByAddress.set(address, wrongHere + 1);
    if (current.wrong < JOIN_CODE_TRIES) return 'wrong';
    this.#wasGuessed = true;
    this.#end('guessed');
    return 'tooManyInAll';
  }

  /** To be called every second or so: ends a code whose time is over. */
  tick(): void {
    if (this.#current && this.#clock.now() >= this.#current.good.expiresAtMs) this.#end('expired');
  }

  #end(how: Exclude<CodeEvent, 'made'>): void {
    this.#current = null;
    this.happened.send(how);
  }
}

/** Hashed first, so that both are of one length and what is compared tells nothing of the code. */
function isSame(typed: string, code: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(typed), digest(code));
}
