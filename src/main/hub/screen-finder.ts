import { z } from 'zod';
import type { MjpegSource } from '../../common/model/mjpeg-source';
import { type MjpegAddress, type MjpegSources, SCREEN_STREAM_PORT } from '../screens';
import type { Store } from '../store';
import type { HubDevices } from './device-directory';

interface FinderParts {
  readonly mjpeg: MjpegSources;
  readonly devices: Pick<HubDevices, 'get' | 'list'>;
  readonly store: Pick<Store, 'saveSetting'>;
  /** Where the app listens; left out: where it does. */
  readonly port?: number | undefined;
  /** Whether a control room is open: nobody is asked for a screen that nobody would see. */
  isWatched(): boolean;
  readonly onBug: (error: unknown) => void;
}

const SETTING = 'mjpeg.sources';
/** Between two looks at the phones, ms. */
const LOOK_MS = 30_000;
/** Phones asked at a time. */
const AT_ONCE = 20;

const schema = z.array(
  z.object({
    deviceId: z.string().nullable(),
    address: z.object({ host: z.string(), port: z.number().int(), path: z.string().nullable() }),
    pin: z.string().nullable(),
    /** At its phone's own address, which it follows; false: the operator typed it. */
    isOwn: z.boolean(),
  }),
);
type Kept = z.infer<typeof schema>[number];

/** Which screens are pulled: finds those of phones, follows phones to other addresses, and keeps all over a restart. */
export class ScreenFinder {
  readonly #parts: FinderParts;
  /** By source. */
  readonly #kept = new Map<string, Kept>();
  /** The operator took their screens away: not found again by itself. */
  readonly #dismissed = new Set<string>();
  readonly #asking = new Set<string>();
  readonly #timer: NodeJS.Timeout;

  constructor(settings: Readonly<Record<string, string>>, parts: FinderParts) {
    this.#parts = parts;
    const known = schema.safeParse(JSON.parse(settings[SETTING] ?? '[]'));
    for (const kept of known.success ? known.data : []) {
      // A person who was erased shares nothing.
      if (kept.deviceId === null || parts.devices.get(kept.deviceId)) this.#pull(kept);
    }
    this.#timer = setInterval(() => void this.#look().catch(parts.onBug), LOOK_MS);
    this.#timer.unref();
  }

  /** Where a phone's screen would be; null: its address is not known. */
  addressOf(deviceId: string): MjpegAddress | null {
    const host = this.#parts.devices.get(deviceId)?.device.lastAddress;
    return host ? { host, port: this.#parts.port ?? SCREEN_STREAM_PORT, path: null } : null;
  }

  /** @param typed null: at the phone's own address. @throws Error with a sentence */
  add(deviceId: string | null, typed: MjpegAddress | null, pin: string | null): MjpegSource {
    const address = typed ?? (deviceId === null ? null : this.addressOf(deviceId));
    if (!address) throw new Error('The address of this phone is not known.');
    if (deviceId !== null) this.#dismissed.delete(deviceId);
    // Given a PIN, one that was found is named by its address, and is its phone's all the same.
    const own = deviceId === null ? null : this.addressOf(deviceId);
    const isOwn = own !== null && own.host === address.host && own.port === address.port && address.path === null;
    const source = this.#pull({ deviceId, address, pin, isOwn });
    this.#save();
    return source;
  }

  /** @returns false when there is none */
  remove(sourceId: string): boolean {
    const deviceId = this.#kept.get(sourceId)?.deviceId ?? null;
    if (deviceId !== null) this.#dismissed.add(deviceId);
    const wasThere = this.#parts.mjpeg.remove(sourceId);
    this.#save();
    return wasThere;
  }

  /** Asks every phone that is connected, those too whose screen was taken away. */
  async find(): Promise<void> {
    this.#dismissed.clear();
    await this.#askAll();
  }

  /** A phone came, perhaps at another address. */
  came(deviceId: string): void {
    this.#follow(deviceId);
    if (this.#parts.isWatched()) void this.#ask(deviceId).catch(this.#parts.onBug);
  }

  /** The person is erased. */
  forget(deviceId: string): void {
    for (const [sourceId, kept] of this.#kept) if (kept.deviceId === deviceId) this.#parts.mjpeg.remove(sourceId);
    this.#dismissed.delete(deviceId);
    this.#save();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#parts.isWatched()) await this.#askAll();
  }

  async #askAll(): Promise<void> {
    const there = this.#parts.devices.list().filter(({ live }) => live > 0);
    for (let from = 0; from < there.length; from += AT_ONCE) {
      const some = there.slice(from, from + AT_ONCE);
      await Promise.allSettled(some.map(({ device }) => this.#ask(device.deviceId)));
    }
  }

  async #ask(deviceId: string): Promise<void> {
    this.#follow(deviceId);
    const isAnswered = (): boolean => this.#keptOf(deviceId) !== null || this.#dismissed.has(deviceId);
    const address = this.addressOf(deviceId);
    if (!address || isAnswered() || this.#asking.has(deviceId)) return;
    this.#asking.add(deviceId);
    try {
      const isThere = await this.#parts.mjpeg.isScreenStream(address);
      if (!isThere || isAnswered()) return;
      this.#pull({ deviceId, address, pin: null, isOwn: true });
      this.#save();
    } finally {
      this.#asking.delete(deviceId);
    }
  }

  /** To the phone's address of now, with its PIN. */
  #follow(deviceId: string): void {
    const kept = this.#keptOf(deviceId);
    const address = this.addressOf(deviceId);
    if (!kept?.isOwn || !address || kept.address.host === address.host) return;
    this.#pull({ ...kept, address });
    this.#save();
  }

  #keptOf(deviceId: string): Kept | null {
    return [...this.#kept.values()].find((kept) => kept.deviceId === deviceId) ?? null;
  }

  #pull(kept: Kept): MjpegSource {
    const source = this.#parts.mjpeg.add(kept);
    this.#kept.set(source.sourceId, kept);
    this.#forgetGone();
    return source;
  }

  /** Those that another took the place of. */
  #forgetGone(): void {
    const present = new Set(this.#parts.mjpeg.list().map(({ sourceId }) => sourceId));
    for (const sourceId of this.#kept.keys()) if (!present.has(sourceId)) this.#kept.delete(sourceId);
  }

  #save(): void {
    this.#forgetGone();
    const { store, onBug } = this.#parts;
    store.saveSetting(SETTING, JSON.stringify([...this.#kept.values()])).catch(onBug);
  }
}
