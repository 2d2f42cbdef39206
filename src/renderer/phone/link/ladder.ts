import type { Welcome } from '../../../common/wire/ingest';
import type { Dial, Way } from './wire';

/** What is remembered of the hub between page loads. */
interface HubMemory {
  readonly hubId: string | null;
  readonly addresses: readonly string[];
  keep(welcome: Welcome): void;
}

export interface LadderParts {
  /** Where the page came from. */
  readonly joined: string;
  readonly memory: HubMemory;
  /** Whether `GET /health` is answered there. */
  isUp(origin: string): Promise<boolean>;
  canOpenSocket(origin: string): Promise<boolean>;
  /** Whether the hub known to this phone answers there: an address that is not where it came from is sent no key before. */
  isProved(origin: string): Promise<boolean>;
  /** A socket gets through again: to be dialled anew. */
  climbed(): void;
  readonly climbMs?: number;
}

/** One lost packet is none, two are a pattern. */
const PATIENCE = 2;
/** Now and then while on POST and events. */
const CLIMB_MS = 60_000;

/**
 * Goes through the ways to the hub: a socket; where that fails twice while the hub answers requests, POST and events; where
 * nothing answers, the next address of the hub. What worked last is tried first.
 */
export class Ladder implements Way {
  readonly #parts: LadderParts;
  #origins: readonly string[];
  #origin: string;
  /** The one that worked last. */
  #home: string;
  #rung: Dial['rung'] = 'socket';
  #failures = 0;
  #climb: ReturnType<typeof setInterval> | undefined;

  constructor(parts: LadderParts) {
    this.#parts = parts;
    this.#origin = parts.joined;
    this.#home = parts.joined;
    this.#origins = this.#toOrigins(parts.memory.addresses);
  }

  async next(): Promise<Dial | null> {
    if (this.#failures >= (this.#origin === this.#home ? PATIENCE : 1)) await this.#stepOn();
    const origin = this.#origin;
    // Over TLS too: a certificate says which machine answers, not that it is the hub.
    if (origin !== this.#parts.joined && !(await this.#parts.isProved(origin))) {
      this.#failures = PATIENCE;
      return null;
    }
    return { origin, rung: this.#rung };
  }

  welcomed(welcome: Welcome, { origin, rung }: Dial): boolean {
    const { memory, joined } = this.#parts;
    if (origin !== joined && memory.hubId !== null && memory.hubId !== welcome.hubId) {
      this.#failures = PATIENCE;
      return false;
    }
    memory.keep(welcome);
    this.#origins = this.#toOrigins(welcome.addresses);
    this.#home = origin;
    this.#failures = 0;
    clearInterval(this.#climb);
    if (rung === 'http') this.#climb = setInterval(() => void this.#tryToClimb(), this.#parts.climbMs ?? CLIMB_MS);
    return true;
  }

  failed(): void {
    this.#failures += 1;
  }

  /** The next rung or the next address. */
  async #stepOn(): Promise<void> {
    this.#failures = 0;
    if (this.#rung === 'socket' && (await this.#parts.isUp(this.#origin))) {
      this.#rung = 'http';
      return;
    }
    this.#rung = 'socket';
    const index = this.#origins.indexOf(this.#origin);
    this.#origin = this.#origins[(index + 1) % this.#origins.length] ?? this.#parts.joined;
  }

  async #tryToClimb(): Promise<void> {
    if (this.#rung === 'socket') {
      clearInterval(this.#climb);
      return;
    }
    if (!(await this.#parts.canOpenSocket(this.#origin))) return;
    clearInterval(this.#climb);
    this.#rung = 'socket';
    this.#failures = 0;
    this.#parts.climbed();
  }

  /** Ports and protocol as joined: they stay when the address changes. */
  #toOrigins(addresses: readonly string[]): readonly string[] {
    const { protocol, port } = new URL(this.#parts.joined);
    const origins = addresses.flatMap((address) => {
      const host = address.includes(':') ? `[${address}]` : address;
      const origin = `${protocol}//${host}${port ? `:${port}` : ''}`;
      return URL.canParse(origin) ? [new URL(origin).origin] : [];
    });
    return [...new Set([this.#parts.joined, ...origins])];
  }
}
