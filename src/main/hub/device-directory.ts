import { HubError } from '../../common/contract/errors';
import type { Device } from '../../common/model/device';
import { Merges } from '../../common/model/merges';
import { type Admission, type Claim, type DeviceDirectory, KickedError } from '../ingest';
import { clientIdOf, type DeviceEntry, ERASED_NAME, findDevice, makeDevice, updateDevice } from './device-identity';
import { DeviceIndex } from './device-index';
import { newKey } from './ids';
import { KeptOut } from './kept-out';
import { type HubKeyRing, hashKey } from './key-ring';
import type { NewDevicePace } from './new-device-pace';

/** What the directory keeps devices in. */
interface DeviceStore {
  saveDevice(device: Device): Promise<void>;
  saveSetting(name: string, value: string): Promise<void>;
  deleteDeviceKeys(deviceId: string): Promise<void>;
  saveDeviceKey(key: { readonly hash: string; readonly deviceId: string; readonly issuedAtMs: number }): Promise<void>;
}

interface DirectoryOptions {
  readonly store: DeviceStore;
  /** As they were left. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly keys: HubKeyRing;
  readonly clock: { now(): number };
  /** A device that is new has to be let in. Absent: everybody with a key is. */
  mustApprove?(): boolean;
  /** A device that waits to be let in came or went. */
  onWaiting?(): void;
  /** The operator turned it away. */
  onKeptOut?(deviceId: string): void;
  /** Somebody is called otherwise than before, or is shown as another one. */
  onNamed?(): void;
  /** Somebody said the id of a device that has its own key. */
  onRefusedClaim(device: Device, address: string): void;
  /** How many new ones an address may bring; absent: any. */
  readonly newDevices?: Pick<NewDevicePace, 'take' | 'giveBack'>;
  readonly onBug: (error: unknown) => void;
}

/** Devices that wait to be let in, have no key, and went: the oldest gives way. */
const MAX_GONE_WAITING = 100;

/**
 * Devices that were given a key, sent nothing, and went: the oldest gives way, and its key with it. Far more than a team
 * briefs before it walks; whoever pairs in a loop fills this, not the hub.
 */
const MAX_GONE_SILENT = 500;
/** Keys of one device: a phone asks anew when the answer with its key was lost. The oldest gives way. */
const MAX_KEYS = 32;

/** What is known of a phone that has yet to come. */
const NOBODY: Claim = {
  keyDeviceId: null,
  externalId: null,
  username: null,
  platform: null,
  address: '',
  userAgent: null,
};

/** How exactly it is known when a device that is here was last heard of, ms; when it leaves, exactly. */
const SEEN_STEP_MS = 1000;

/** All devices, and which of them a connection is. */
export class HubDevices implements DeviceDirectory {
  /** Which of them are one person. */
  readonly merges: Merges;
  readonly #entries = new DeviceIndex();
  readonly #keptOut: KeptOut;
  readonly #options: DirectoryOptions;

  constructor(known: readonly Device[], options: DirectoryOptions) {
    this.#options = options;
    const ids = new Set(known.map(({ deviceId }) => deviceId));
    // What a salvaged log has lost is nobody to be shown as.
    this.merges = new Merges(known.filter(({ mergedInto }) => mergedInto !== null && ids.has(mergedInto)));
    for (const device of known) this.#enter(device, true);
    this.#keptOut = new KeptOut(options.settings ?? {}, options);
  }

  admit(claim: Claim): Admission {
    const nowMs = this.#options.clock.now();
    const known = this.#entries;
    const found = findDevice(claim, known, nowMs, (deviceId) => this.#options.keys.hasPersonalKey(deviceId));
    if (found.kind === 'refused') this.#options.onRefusedClaim(found.owner.device, claim.address);
    if (found.kind === 'found' && this.#isKeptOut(found.entry)) throw new KickedError(found.entry.device);
    const entry = found.kind === 'found' ? found.entry : this.#add(claim, nowMs);
    entry.live += 1;
    const { name } = entry.device;
    known.change(entry, updateDevice(entry.device, claim, known, nowMs));
    if (entry.device.name !== name) this.#options.onNamed?.();
    if (entry.isKept) this.#save(entry);
    const { device } = entry;
    if (device.access === 'pending') this.#options.onWaiting?.();
    return {
      deviceId: device.deviceId,
      name: device.name,
      clientId: clientIdOf(claim, device, nowMs),
      flags: found.kind === 'found' && found.isGuess ? ['guessed_device'] : [],
      isExclusive: claim.keyDeviceId !== null || claim.externalId !== null,
    };
  }

  release(deviceId: string): void {
    const entry = this.#entries.get(deviceId);
    if (!entry) return;
    entry.live -= 1;
    this.#entries.change(entry, { lastSeenAtMs: this.#options.clock.now() });
    if (entry.device.access === 'pending') this.#options.onWaiting?.();
    if (entry.isKept) {
      this.#save(entry);
      if (!entry.hasFrames) this.forgetSilent();
    } else if (entry.live > 0) return;
    else if (entry.device.access === 'pending') this.#forgetWaiting();
    // Forgotten, it would come back as another.
    else if (!this.#keptOut.has(deviceId)) {
      this.#entries.delete(deviceId);
      this.#options.newDevices?.giveBack(entry.device.lastAddress);
    }
  }

  /**
   * Makes a device that has a key before any phone is it; nothing happens to one that is known.
   * @throws StoreError
   */
  async expect(deviceId: string, name: string): Promise<void> {
    if (this.#entries.get(deviceId)) return;
    const nowMs = this.#options.clock.now();
    const blank = makeDevice(NOBODY, this.#entries, nowMs);
    // Not a user name: with a join key anyone may say that.
    const device: Device = { ...blank, identity: 'deviceId', deviceId, name, lastAddress: null };
    const entry = this.#enter(device, false);
    await this.#options.store.saveDevice(device);
    entry.isKept = true;
    entry.isSaved = true;
  }

  /** Puts a device into the log's order before its first frame. */
  keep(deviceId: string): void {
    const entry = this.#entries.get(deviceId);
    if (!entry || entry.isKept) return;
    entry.isKept = true;
    this.#save(entry);
  }

  /** A frame of it is in the log. */
  sawFrame(deviceId: string, receivedAtMs: number): void {
    const entry = this.#entries.get(deviceId);
    if (!entry) return;
    entry.hasFrames = true;
    entry.isSaved = true;
    // To the second: a copy for each frame would be the dearest of what is done with it.
    if (receivedAtMs >= entry.device.lastSeenAtMs + SEEN_STEP_MS)
      this.#entries.change(entry, { lastSeenAtMs: receivedAtMs });
  }

  async issueKey(deviceId: string): Promise<string> {
    this.keep(deviceId);
    const key = newKey('device');
    const hash = hashKey(key);
    await this.#options.store.saveDeviceKey({ hash, deviceId, issuedAtMs: this.#options.clock.now() });
    this.#options.keys.addDeviceKey(hash, deviceId);
    this.#endOldKeys(deviceId);
    return key;
  }

  stateOf(deviceId: string): 'active' | 'pending' {
    return this.#entries.get(deviceId)?.device.access === 'pending' ? 'pending' : 'active';
  }

  /**
   * Whether a phone may take part in what is not stored: shares. `removed`: turned away, for 10 minutes, or its keys were
   * revoked. @param deviceId null: one with a key that many hold, or none; nobody can have let that one in
   */
  standingOf(deviceId: string | null): 'active' | 'pending' | 'removed' {
    const entry = deviceId === null ? undefined : this.#entries.get(deviceId);
    if (!entry) return this.#options.mustApprove?.() === true ? 'pending' : 'active';
    if (entry.device.access === 'revoked' || this.#isKeptOut(entry)) return 'removed';
    return this.stateOf(entry.device.deviceId);
  }

  deviceOfKey(key: string): string | null {
    const identity = this.#options.keys.identify(key);
    return identity?.kind === 'device' ? identity.deviceId : null;
  }

  isPersonalKey(key: string): boolean {
    return this.#options.keys.isPersonal(key);
  }

  /** The operator removed it: it is refused for 10 minutes. */
  keepOut(deviceId: string): void {
    this.#keptOut.keep(deviceId);
    this.#options.onKeptOut?.(deviceId);
  }

  get(deviceId: string): DeviceEntry | null {
    return this.#entries.get(deviceId) ?? null;
  }

  list(): readonly DeviceEntry[] {
    return [...this.#entries.values()];
  }

  /** The entry of who a device is shown as. @throws HubError not_found */
  personOf(deviceId: string): DeviceEntry {
    const entry = this.#entries.get(this.merges.shownAs(deviceId));
    if (!entry) throw new HubError('not_found', 'There is no such device.');
    return entry;
  }

  /** What a device is called on the screen: by the name of who it is shown as. null: there is none. */
  nameOf(deviceId: string): string | null {
    return this.#entries.get(this.merges.shownAs(deviceId))?.device.name ?? null;
  }

  /** The devices of a person: connected ones first, and of those the one that came or sent last. */
  phonesOf(deviceId: string): readonly string[] {
    return this.#groupOf(deviceId)
      .sort((a, b) => Number(b.live > 0) - Number(a.live > 0) || b.device.lastSeenAtMs - a.device.lastSeenAtMs)
      .map(({ device }) => device.deviceId);
  }

  /** Who is connected or has a stored frame, and was let in: one of each person, seen when any device of theirs was. */
  people(): ReadonlyArray<{ readonly device: Device; readonly isOnline: boolean }> {
    return this.list().flatMap(({ device }) => {
      if (device.access === 'pending' || this.merges.shownAs(device.deviceId) !== device.deviceId) return [];
      const group = this.#groupOf(device.deviceId);
      const isOnline = group.some(({ live }) => live > 0);
      if (!isOnline && !group.some(({ hasFrames }) => hasFrames)) return [];
      const firstSeenAtMs = Math.min(...group.map((one) => one.device.firstSeenAtMs));
      const lastSeenAtMs = Math.max(...group.map((one) => one.device.lastSeenAtMs));
      return [{ device: { ...device, firstSeenAtMs, lastSeenAtMs }, isOnline }];
    });
  }

  /** @throws HubError not_found. */
  async rename(deviceId: string, name: string): Promise<Device> {
    return this.change(deviceId, { name });
  }

  /** What the operator decides. Durable when it resolves, of a device that is kept. @throws HubError not_found */
  async change(
    deviceId: string,
    change: Partial<Pick<Device, 'name' | 'colour' | 'note' | 'access' | 'isClaimed' | 'mergedInto'>>,
  ): Promise<Device> {
    const entry = this.#entries.get(deviceId);
    if (!entry) throw new HubError('not_found', 'There is no such device.');
    this.#entries.change(entry, change);
    if (change.mergedInto !== undefined) this.merges.set(deviceId, change.mergedInto);
    if (change.name !== undefined || change.mergedInto !== undefined) this.#options.onNamed?.();
    // Who was let in stays so, whether or not it sent something.
    if (change.access !== undefined || change.mergedInto !== undefined) entry.isKept = true;
    if (entry.isKept) {
      await this.#options.store.saveDevice(entry.device);
      entry.isSaved = true;
    }
    return entry.device;
  }

  /** Forgets who it was. Its keys stay: with them its phone is known by no name, and sends nothing again. */
  async erase(deviceId: string): Promise<void> {
    const entry = this.#entries.get(deviceId);
    if (!entry) throw new HubError('not_found', 'There is no such device.');
    entry.hasFrames = false;
    const nobody = { externalId: null, username: null, platform: null, userAgent: null, lastAddress: null };
    // By nothing but its key: no nameless phone is to be taken for it.
    const identity = { identity: 'deviceId' as const, ordinal: 1, name: ERASED_NAME, note: '', saidColour: null };
    this.#entries.change(entry, { ...nobody, ...identity });
    if (entry.isKept) await this.#options.store.saveDevice(entry.device);
  }

  /** Who waits to be let in and was not turned away lately, oldest first. */
  waiting(): readonly DeviceEntry[] {
    return this.list()
      .filter((entry) => entry.device.access === 'pending' && !this.#isKeptOut(entry))
      .sort((a, b) => a.device.firstSeenAtMs - b.device.firstSeenAtMs);
  }

  /** Lets the oldest of those go that have a key, sent nothing and are away. Once it is known who has frames. */
  forgetSilent(): void {
    const { keys, store, onBug } = this.#options;
    const isSilent = ({ device, live, isKept, hasFrames }: DeviceEntry): boolean =>
      isKept &&
      !hasFrames &&
      live === 0 &&
      device.access === 'approved' &&
      device.note === '' &&
      device.name !== ERASED_NAME &&
      // Nor is it part of somebody.
      this.merges.groupOf(device.deviceId).length === 1 &&
      !keys.hasPersonalKey(device.deviceId);
    const silent = this.list().filter(isSilent);
    if (silent.length <= MAX_GONE_SILENT) return;
    silent.sort((a, b) => a.device.lastSeenAtMs - b.device.lastSeenAtMs);
    for (const { device } of silent.slice(0, -MAX_GONE_SILENT)) {
      keys.removeDeviceKeys(device.deviceId);
      this.#entries.delete(device.deviceId);
      store.deleteDeviceKeys(device.deviceId).catch(onBug);
    }
  }

  /** In one breath, so that one commit holds it all: the store takes back the keys of a device only together. */
  #endOldKeys(deviceId: string): void {
    const { keys, store, clock, onBug } = this.#options;
    const kept = keys.hashesOf(deviceId, MAX_KEYS).toReversed();
    if (!keys.keepOnly(deviceId, kept)) return;
    const issuedAtMs = clock.now();
    const writes = [
      store.deleteDeviceKeys(deviceId),
      ...kept.map((hash) => store.saveDeviceKey({ hash, deviceId, issuedAtMs })),
    ];
    Promise.all(writes).catch(onBug);
  }

  #groupOf(deviceId: string): DeviceEntry[] {
    return this.merges.groupOf(deviceId).flatMap((id) => this.#entries.get(id) ?? []);
  }

  #forgetWaiting(): void {
    const gone = this.list().filter(({ device, live, isKept }) => device.access === 'pending' && live === 0 && !isKept);
    for (const { device } of gone.slice(0, -MAX_GONE_WAITING)) this.#entries.delete(device.deviceId);
  }

  #isKeptOut({ device: { deviceId } }: DeviceEntry): boolean {
    return this.#keptOut.has(deviceId);
  }

  #add(claim: Claim, nowMs: number): DeviceEntry {
    this.#options.newDevices?.take(claim.address);
    const access = this.#options.mustApprove?.() === true ? 'pending' : 'approved';
    return this.#enter({ ...makeDevice(claim, this.#entries, nowMs), access }, false);
  }

  #enter(device: Device, isKept: boolean): DeviceEntry {
    const colour = this.#entries.leastUsedColour();
    const entry: DeviceEntry = { device, colour, live: 0, isKept, isSaved: isKept, hasFrames: false };
    this.#entries.add(entry);
    return entry;
  }

  /** The store tries a failed write again with the next one; the log says that the disk fails. */
  #save(entry: DeviceEntry): void {
    this.#options.store.saveDevice(entry.device).then(
      () => {
        entry.isSaved = true;
      },
      (error: unknown) => this.#options.onBug(error),
    );
  }
}
