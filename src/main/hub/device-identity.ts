import { randomBytes } from 'node:crypto';
import type { Device, IdentityKind } from '../../common/model/device';
import type { Claim } from '../ingest';
import { newId } from './ids';

/** What a claim is compared with. */
export interface KnownDevices {
  get(deviceId: string): DeviceEntry | undefined;
  /** Each list: the one that came first is first. */
  withExternalId(externalId: string): readonly DeviceEntry[];
  withUsername(username: string): readonly DeviceEntry[];
  /** Those without an id. */
  seenFrom(address: string | null, userAgent: string | null): readonly DeviceEntry[];
  isNamed(name: string): boolean;
}

/** A device with what the hub knows of it while it runs. */
export interface DeviceEntry {
  device: Device;
  /** Where nobody chose one: by the order in which devices came, so that a restart gives the same. */
  readonly colour: number;
  /** Open sockets. */
  live: number;
  /** It has a frame or a key, and goes into the store. One that has neither leaves nothing behind. */
  isKept: boolean;
  /** Its row is committed: until then the store knows no such device. */
  isSaved: boolean;
  /** Has a frame in any session; a device that has only a key is not shown once it is gone. */
  hasFrames: boolean;
}

/** Who a claim turned out to be. */
export type Finding =
  | { readonly kind: 'found'; readonly entry: DeviceEntry; readonly isGuess: boolean }
  | { readonly kind: 'new' }
  /** The device named has a key of its own, and this was not it: a new device, and an alert. */
  | { readonly kind: 'refused'; readonly owner: DeviceEntry };

/** How long a phone that says nothing of itself is still the same after it went (docs/wire-protocol.md, section 3). */
const GUESS_WINDOW_MS = 10 * 60_000;

/** What a person is called whose data was erased. */
export const ERASED_NAME = 'Erased person';

const NEW: Finding = { kind: 'new' };
const found = (entry: DeviceEntry, isGuess = false): Finding => ({ kind: 'found', entry, isGuess });

/**
 * Which device: the key bound to one; else `deviceId`; else `username`; else the one nameless device seen from there.
 * @param hasPersonalKey a personal key is bound to that device: with a join key nobody is it
 */
export function findDevice(
  claim: Claim,
  known: KnownDevices,
  nowMs: number,
  hasPersonalKey: (deviceId: string) => boolean = () => false,
): Finding {
  const { keyDeviceId, externalId, username } = claim;
  const owner = keyDeviceId === null ? undefined : known.get(keyDeviceId);
  if (owner) return isAnothers(owner, claim) ? findCopyist(claim, owner, known) : found(owner);
  if (externalId !== null) return findByExternalId(externalId, known, hasPersonalKey);
  if (username !== null) return findByUsername(username, known);
  return findNameless(claim, known, nowMs);
}

/**
 * Whether a personal key comes with a phone that is not its own: the one it was made for has a key of its own by now, and
 * says another id. Paper can be photographed.
 */
const isAnothers = ({ device }: DeviceEntry, { isPersonalKey, externalId }: Claim): boolean =>
  isPersonalKey === true && device.isClaimed && (externalId === null || externalId !== device.externalId);

/** With a join key this would be a new phone, and so it is here; the next time it is that one. */
function findCopyist(claim: Claim, owner: DeviceEntry, known: KnownDevices): Finding {
  const { externalId, username, address, userAgent } = claim;
  const same =
    externalId !== null
      ? known.withExternalId(externalId)
      : known.seenFrom(address, userAgent).filter(({ device }) => device.username === username);
  const before = same.findLast((entry) => entry !== owner && !entry.device.isClaimed);
  return before ? found(before, externalId === null) : { kind: 'refused', owner };
}

function findByExternalId(
  externalId: string,
  known: KnownDevices,
  hasPersonalKey: (deviceId: string) => boolean,
): Finding {
  // Whatever it was first known by: a phone with a key may say its id later.
  const same = known.withExternalId(externalId);
  const free = same.findLast(({ device }) => !device.isClaimed && !hasPersonalKey(device.deviceId));
  if (free) return found(free);
  const owner = same.at(-1);
  return owner ? { kind: 'refused', owner } : NEW;
}

function findByUsername(username: string, known: KnownDevices): Finding {
  const same = known.withUsername(username);
  const away = same.filter(({ live }) => live === 0).sort((a, b) => a.device.ordinal - b.device.ordinal);
  const free = away.find(({ device }) => !device.isClaimed);
  if (free) return found(free);
  const owner = away[0];
  // While one of that name is live, a second person of the same name is nothing strange.
  return owner && away.length === same.length ? { kind: 'refused', owner } : NEW;
}

function findNameless(claim: Claim, known: KnownDevices, nowMs: number): Finding {
  const there = known
    .seenFrom(claim.address, claim.userAgent)
    .filter(
      ({ device, live }) =>
        device.identity === 'nameless' &&
        !device.isClaimed &&
        (live > 0 || nowMs - device.lastSeenAtMs <= GUESS_WINDOW_MS),
    );
  const only = there.length === 1 ? there[0] : undefined;
  return only && only.live === 0 ? found(only, true) : NEW;
}

/** A device for a claim that is none of those there. */
export function makeDevice(claim: Claim, known: KnownDevices, nowMs: number): Device {
  const { externalId, username } = claim;
  const identity: IdentityKind = externalId !== null ? 'deviceId' : username !== null ? 'username' : 'nameless';
  const ordinal = username !== null && identity === 'username' ? nextOrdinal(username, known) : 1;
  return {
    deviceId: newId('d'),
    name: username === null ? nextPhoneName(known) : numbered(username, ordinal),
    identity,
    externalId,
    username,
    ordinal,
    platform: claim.platform,
    userAgent: claim.userAgent,
    lastAddress: claim.address,
    firstSeenAtMs: nowMs,
    lastSeenAtMs: nowMs,
    isClaimed: false,
    colour: null,
    saidColour: claim.colour ?? null,
    note: '',
    access: 'approved',
    mergedInto: null,
  };
}

/** The device as it is after a claim that was found to be it. A name the operator gave stays until the phone says another. */
export function updateDevice(device: Device, claim: Claim, known: KnownDevices, nowMs: number): Device {
  const saysAnother = claim.username !== null && claim.username !== device.username && !isErased(device);
  return {
    ...device,
    ...(saysAnother ? renamed(device, claim.username, known) : {}),
    externalId: device.externalId ?? claim.externalId,
    platform: claim.platform ?? device.platform,
    saidColour: claim.colour ?? device.saidColour,
    userAgent: claim.userAgent ?? device.userAgent,
    lastAddress: claim.address,
    lastSeenAtMs: nowMs,
    isClaimed: device.isClaimed || (claim.keyDeviceId === device.deviceId && claim.isPersonalKey !== true),
  };
}

/** Its phone goes on saying the name that was erased: only the operator gives it one again. */
const isErased = ({ name, username }: Device): boolean => name === ERASED_NAME && username === null;

function renamed(device: Device, username: string, known: KnownDevices): Pick<Device, 'username' | 'ordinal' | 'name'> {
  const ordinal = device.identity === 'username' ? nextOrdinal(username, known) : device.ordinal;
  return { username, ordinal, name: numbered(username, ordinal) };
}

const numbered = (username: string, ordinal: number): string => (ordinal === 1 ? username : `${username} (${ordinal})`);

function nextOrdinal(username: string, known: KnownDevices): number {
  return 1 + Math.max(0, ...known.withUsername(username).map(({ device }) => device.ordinal));
}

function nextPhoneName(known: KnownDevices): string {
  let number = 1;
  while (known.isNamed(`Phone ${number}`)) number += 1;
  return `Phone ${number}`;
}

/** What the wire calls the device: with `deviceId` that; else `user_<username>`; else `user_<ms>_<random>`. */
export function clientIdOf(claim: Claim, device: Device, nowMs: number): string {
  if (claim.externalId !== null) return claim.externalId;
  if (claim.username === null) return `user_${nowMs}_${randomBytes(4).toString('hex')}`;
  const isNumbered = device.identity === 'username' && device.ordinal > 1;
  return isNumbered ? `user_${claim.username} (${device.ordinal})` : `user_${claim.username}`;
}
