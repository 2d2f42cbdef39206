import type { Device } from '../../../src/common/model/device';
import { HubDevices } from '../../../src/main/hub/device-directory';
import { HubKeyRing } from '../../../src/main/hub/key-ring';
import type { Claim } from '../../../src/main/ingest';
import { createTestClock, type TestClock } from './test-clock';

/** A directory over a store that only remembers what it was given. */
export interface TestDirectory {
  readonly devices: HubDevices;
  readonly keys: HubKeyRing;
  readonly clock: TestClock;
  /** Rows as the store holds them. */
  readonly rows: Map<string, Device>;
  readonly settings: Record<string, string>;
  readonly keyRows: Array<{ readonly hash: string; readonly deviceId: string }>;
  readonly refusals: string[];
  readonly bugs: unknown[];
  /** Makes every write fail from here on, or work again. */
  readonly failWrites: (isFailing: boolean) => void;
  /** New devices have to be let in from here on, or not. */
  readonly mustApprove: (isNeeded: boolean) => void;
  /** The same store, a new process. */
  restart(): TestDirectory;
}

const KEYS = { joinKey: 'join-key', viewerKey: 'viewer-key', adminKey: 'admin-key' };

export function openDirectory(
  before?: TestDirectory,
  wishes: Partial<ConstructorParameters<typeof HubDevices>[1]> = {},
): TestDirectory {
  const clock = before?.clock ?? createTestClock();
  const rows = new Map(before?.rows);
  const settings = { ...before?.settings };
  const keyRows = [...(before?.keyRows ?? [])];
  const refusals: string[] = [];
  const bugs: unknown[] = [];
  let isFailing = false;
  let isNeeded = false;
  const write = (change: () => void): Promise<void> => {
    if (isFailing) return Promise.reject(new Error('disk full'));
    change();
    return Promise.resolve();
  };
  const keys = new HubKeyRing(KEYS, keyRows);
  const devices = new HubDevices([...rows.values()], {
    store: {
      saveDevice: (device) => write(() => rows.set(device.deviceId, device)),
      saveDeviceKey: (key) => write(() => keyRows.push(key)),
      deleteDeviceKeys: (deviceId) =>
        write(() => {
          const others = keyRows.filter((key) => key.deviceId !== deviceId);
          keyRows.splice(0, keyRows.length, ...others);
        }),
      saveSetting: (name, value) =>
        write(() => {
          settings[name] = value;
        }),
    },
    settings,
    keys,
    clock,
    mustApprove: () => isNeeded,
    onRefusedClaim: (device, address) => refusals.push(`${device.name} from ${address}`),
    onBug: (error) => bugs.push(error),
    ...wishes,
  });
  const directory: TestDirectory = {
    devices,
    keys,
    clock,
    rows,
    settings,
    keyRows,
    refusals,
    bugs,
    failWrites: (failing) => {
      isFailing = failing;
    },
    mustApprove: (needed) => {
      isNeeded = needed;
    },
    restart: () => openDirectory(directory),
  };
  return directory;
}

/** A connection that says only this. */
export const claim = (said: Partial<Claim>): Claim => ({
  keyDeviceId: null,
  externalId: null,
  username: null,
  platform: null,
  address: '192.168.1.20',
  userAgent: 'Browser 1',
  ...said,
});

/** Comes, stores a frame and goes. @returns the device. */
export function visit({ devices, clock }: TestDirectory, said: Partial<Claim>): string {
  const { deviceId } = devices.admit(claim(said));
  devices.keep(deviceId);
  devices.sawFrame(deviceId, clock.now());
  devices.release(deviceId);
  return deviceId;
}
