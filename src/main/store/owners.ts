import { writeAudit } from './audit';
import { BoundedMap } from './bounded-map';
import type { WriteStatements } from './statements/write-statements';
import { StoreError } from './store-error';
import type { RowSave } from './writer-messages';

const CACHED_IDS = 20_000;

/** Rows that frames refer to by their public ids. */
export class Owners {
  readonly #statements: WriteStatements;
  readonly #devices = new BoundedMap<string, number>(CACHED_IDS);
  readonly #sessions = new BoundedMap<string, number>(CACHED_IDS);

  constructor(statements: WriteStatements) {
    this.#statements = statements;
  }

  save(save: RowSave): void {
    switch (save.table) {
      case 'devices': {
        const { row } = save;
        this.#statements.saveDevice.run(
          row.deviceId,
          row.name,
          row.identity,
          row.externalId,
          row.username,
          row.ordinal,
          row.platform,
          row.userAgent,
          row.lastAddress,
          row.firstSeenAtMs,
          row.lastSeenAtMs,
          row.isClaimed ? 1 : 0,
          row.colour,
          row.saidColour,
          row.note,
          row.access,
          row.mergedInto,
        );
        return;
      }
      case 'sessions': {
        const { row } = save;
        this.#statements.saveSession.run(row.sessionId, row.name, row.startedAtMs, row.endedAtMs);
        return;
      }
      case 'device_keys': {
        const { row } = save;
        const device = this.device(row.deviceId);
        if (device === undefined) throw new StoreError('internal', `A key for the unknown device ${row.deviceId}.`);
        this.#statements.saveDeviceKey.run(row.hash, device, row.issuedAtMs);
        return;
      }
      case 'device_keys_gone': {
        const device = this.device(save.row.deviceId);
        if (device !== undefined) this.#statements.deleteDeviceKeys.run(device);
        return;
      }
      case 'settings':
        this.#statements.saveSetting.run(`setting.${save.row.name}`, save.row.value);
        return;
      case 'track_checkpoints': {
        const { sessionId, deviceId, upTo, allUpTo, raw, clean } = save.row;
        const [session, device] = [this.session(sessionId), this.device(deviceId)];
        if (session === undefined || device === undefined) return;
        this.#statements.saveTrackCheckpoint.run(session, device, 0, upTo, allUpTo, raw);
        this.#statements.saveTrackCheckpoint.run(session, device, 1, upTo, allUpTo, clean);
        return;
      }
      case 'track_checkpoints_gone': {
        const { sessionId, deviceId } = save.row;
        const session = this.session(sessionId);
        const device = deviceId === null ? null : this.device(deviceId);
        if (session === undefined || device === undefined) return;
        if (device === null) this.#statements.deleteTrackCheckpoints.run(session);
        else this.#statements.deleteTrackCheckpoint.run(session, device);
        return;
      }
      case 'audit':
        writeAudit(this.#statements.audit, save.row);
    }
  }

  /** Row id; undefined when it was never saved. */
  device(publicId: string): number | undefined {
    return lookUp(this.#devices, publicId, (id) => this.#statements.deviceOf.get(id));
  }

  /** Row id; undefined when it was never saved. */
  session(publicId: string): number | undefined {
    return lookUp(this.#sessions, publicId, (id) => this.#statements.sessionOf.get(id));
  }

  /** After a rollback the memory is ahead of the disk. */
  forget(): void {
    this.#devices.clear();
    this.#sessions.clear();
  }
}

function lookUp(
  cache: BoundedMap<string, number>,
  publicId: string,
  find: (publicId: string) => number | undefined,
): number | undefined {
  const cached = cache.get(publicId);
  if (cached !== undefined) return cached;
  const found = find(publicId);
  if (found !== undefined) cache.set(publicId, found);
  return found;
}
