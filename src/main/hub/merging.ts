import { HubError } from '../../common/contract/errors';
import type { Device } from '../../common/model/device';
import { type AuditLog, OPERATOR } from './audit';
import type { HubDevices } from './device-directory';
import type { DeviceEntry } from './device-identity';
import type { LiveState } from './live-state';
import type { Sessions } from './sessions';
import { askStore } from './store-refusal';

interface MergingParts {
  readonly devices: HubDevices;
  readonly live: Pick<LiveState, 'regrouped'>;
  readonly sessions: Pick<Sessions, 'regrouped'>;
  readonly audit: AuditLog;
}

/**
 * Two devices as one person. An alias, nothing more: what each sends stays its own in the log, and so do its keys, its
 * numbers and its messages to the hub. Durable when it resolves.
 */
export class Merging {
  readonly #parts: MergingParts;

  constructor(parts: MergingParts) {
    this.#parts = parts;
  }

  /** Shows a device, and all merged into it before, as another one. @throws HubError not_found, conflict */
  async merge(deviceId: string, into: string): Promise<Device> {
    const { devices } = this.#parts;
    const gone = this.#entry(deviceId);
    const stays = devices.personOf(into);
    const { device: person } = stays;
    if (devices.merges.shownAs(deviceId) === person.deviceId) {
      throw new HubError('conflict', 'These are one person already.');
    }
    if (devices.merges.shownAs(deviceId) !== deviceId) {
      const name = devices.nameOf(deviceId) ?? 'somebody else';
      throw new HubError('conflict', `“${gone.device.name}” is part of ${name}: take them apart first.`);
    }
    for (const { device } of [gone, stays]) {
      if (device.access === 'pending')
        throw new HubError('conflict', `${device.name} waits to be let in: decide first.`);
    }
    // In the log's order before what refers to it.
    devices.keep(person.deviceId);
    await this.#show(deviceId, person.deviceId);
    // Each under its own id, and none with the other's name: with a person's data the words of their entries are erased.
    this.#tell('device.merged', deviceId, `“${gone.device.name}” is shown as ${person.deviceId} from now on.`);
    this.#tell('device.merged', person.deviceId, `“${person.name}” stands for ${deviceId} too from now on.`);
    return devices.personOf(deviceId).device;
  }

  /** Takes a device, with all merged into it before, apart again. @throws HubError not_found, conflict */
  async unmerge(deviceId: string): Promise<Device> {
    const { device } = this.#entry(deviceId);
    if (device.mergedInto === null) throw new HubError('conflict', `“${device.name}” is not merged into anybody.`);
    const { device: person } = this.#parts.devices.personOf(deviceId);
    const changed = await this.#show(deviceId, null);
    this.#tell('device.unmerged', deviceId, `“${device.name}” is shown by itself again, not as ${person.deviceId}.`);
    this.#tell('device.unmerged', person.deviceId, `“${person.name}” stands for ${deviceId} no more.`);
    return changed;
  }

  async #show(deviceId: string, into: string | null): Promise<Device> {
    const { devices, live, sessions } = this.#parts;
    const before = devices.merges.shownAs(deviceId);
    const saved = devices.change(deviceId, { mergedInto: into });
    // At once, like every change of a device: should the disk refuse, the store saves it with the next write that works.
    live.regrouped([before, devices.merges.shownAs(deviceId)]);
    sessions.regrouped();
    return askStore(saved);
  }

  #tell(action: 'device.merged' | 'device.unmerged', deviceId: string, detail: string): void {
    this.#parts.audit.record({ action, actor: OPERATOR, deviceId, detail });
  }

  #entry(deviceId: string): DeviceEntry {
    const entry = this.#parts.devices.get(deviceId);
    if (!entry) throw new HubError('not_found', 'There is no such device.');
    return entry;
  }
}
