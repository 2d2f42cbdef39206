import type { AuditAction } from '../../common/model/audit';
import type { AuditPage, AuditQuery, NewAuditEntry } from '../store';

/** Who did it. `address`: the IP address it came from. */
export type AuditActor =
  | { readonly kind: 'operator' | 'viewer' | 'hub' }
  | { readonly kind: 'phone'; readonly address: string };

/** Somebody at a control room with the admin key. */
export const OPERATOR: AuditActor = { kind: 'operator' };
/** The hub by itself. */
export const HUB: AuditActor = { kind: 'hub' };
/** A phone, or what says that it is one. */
export const phoneAt = (address: string): AuditActor => ({ kind: 'phone', address });

/** Something worth knowing of later. */
export interface AuditRecord {
  readonly action: AuditAction;
  readonly actor: AuditActor;
  /** The device it was done to, if it was one: with its data the words of these entries are erased. */
  readonly deviceId?: string | null;
  /** What happened and why, in plain sentences. Cut after 500 characters. */
  readonly detail: string;
}

/** Things that may come in floods: entries of a minute that say the same are one, with their count. */
export interface AuditRepeat extends Omit<AuditRecord, 'detail'> {
  readonly detail: (times: number) => string;
}

/** What entries are kept in. */
interface AuditStore {
  recordAudit(entry: NewAuditEntry): Promise<void>;
  audit(query: AuditQuery): Promise<AuditPage>;
}

interface AuditOptions {
  readonly store: AuditStore;
  readonly clock: { now(): number };
  readonly onBug: (error: unknown) => void;
}

interface Repeats {
  readonly repeat: AuditRepeat;
  times: number;
}

const MAX_DETAIL_LENGTH = 500;
/** How long repeats are gathered, ms. */
const GATHER_MS = 60_000;
/** Repeats gathered at once. Who comes from ever new addresses fills this list, not the log. */
const MAX_GATHERED = 256;
/** A key of ours (src/main/hub/ids.ts): nobody should write one into a reason or a name, and somebody will. */
const KEY = /\b[a-z]+-[0-9a-z]{26}\b/g;

/** Who did what, on which device, when and why. Never holds a key. */
export class AuditLog {
  readonly #options: AuditOptions;
  #repeats = new Map<string, Repeats>();
  #others = 0;
  /** Of the newest entry; writes are done in order. */
  #written: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: AuditOptions) {
    this.#options = options;
  }

  /** Goes to the disk with the next commit; whoever records does not wait for it. */
  record({ action, actor, deviceId = null, detail }: AuditRecord): void {
    const { store, clock, onBug } = this.#options;
    const address = actor.kind === 'phone' ? actor.address : null;
    const words = detail.replaceAll(KEY, '(a key)').slice(0, MAX_DETAIL_LENGTH);
    const entry = { atMs: clock.now(), action, actor: actor.kind, address, deviceId, detail: words };
    this.#written = store.recordAudit(entry).catch(onBug);
  }

  /** Recorded once a minute, with how often it came. */
  gather(repeat: AuditRepeat): void {
    const { action, actor, deviceId } = repeat;
    const name = `${action} ${actor.kind === 'phone' ? actor.address : actor.kind} ${deviceId ?? ''}`;
    const known = this.#repeats.get(name);
    if (known) known.times += 1;
    else if (this.#repeats.size < MAX_GATHERED) this.#repeats.set(name, { repeat, times: 1 });
    else this.#others += 1;
    this.#timer ??= setTimeout(() => this.flush(), GATHER_MS).unref();
  }

  /** Records what was gathered. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const repeats = [...this.#repeats.values()];
    this.#repeats = new Map();
    for (const { repeat, times } of repeats) this.record({ ...repeat, detail: repeat.detail(times) });
    if (this.#others === 0) return;
    const detail = `${this.#others} more attempts of that minute, from further addresses.`;
    this.#others = 0;
    this.record({ action: 'key.refused', actor: HUB, detail });
  }

  /** Newest first, up to this moment. */
  async list(query: AuditQuery): Promise<AuditPage> {
    await this.#written;
    return this.#options.store.audit(query);
  }
}
