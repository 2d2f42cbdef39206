import type { ConnectionInfo, IngestObserver } from '../ingest';
import type { AlertBoard } from './alerts';
import type { AuditLog } from './audit';
import { impersonation } from './audit-words';
import type { CapturedBook } from './captured-book';
import type { HubDevices } from './device-directory';
import type { FloodWatch } from './flood-watch';
import type { HubEvent } from './hub-events';
import type { LiveState } from './live-state';
import type { HubLog } from './log';
import { toPercent } from './percent';
import { fightAlert, removedSosAlert, removedSosAlertId, waitingSosAlert, waitingSosAlertId } from './phone-alerts';
import type { PhoneClocks } from './phone-clocks';
import type { Phones } from './phones';
import { MESSAGE_REFUSAL, type RefusalCounts } from './refusal-counts';
import { presenceOf } from './shown-as';
import { wordOf } from './words';

interface ObserverParts {
  readonly clock: { now(): number };
  readonly devices: HubDevices;
  readonly live: LiveState;
  readonly refusals: RefusalCounts;
  readonly floods: FloodWatch;
  readonly alerts: AlertBoard;
  readonly audit: AuditLog;
  readonly clocks: PhoneClocks;
  readonly statusBattery: Map<string, number>;
  readonly captured: CapturedBook;
  readonly phones: Phones;
  /** A message of the operator's was read. */
  readonly onRead: (deviceId: string, to: string) => void;
  readonly log: HubLog;
  readonly connections: () => number;
  readonly tell: (event: HubEvent) => void;
}

/** Shows and logs what phones do at the door. */
export function createObserver({
  clock,
  devices,
  live,
  refusals,
  floods,
  alerts,
  audit,
  clocks,
  statusBattery,
  captured,
  phones,
  onRead,
  log,
  connections,
  tell,
}: ObserverParts): IngestObserver {
  return {
    connected: ({ address }) => {
      log.info({ clientIp: address, totalClients: connections() }, 'phone connected');
      tell({ event: 'connected', address, connections: connections() });
    },
    admitted: ({ admission }) => {
      const entry = admission ? devices.get(admission.deviceId) : null;
      // Who waits to be let in is in a list of their own.
      if (!entry || entry.device.access === 'pending') return;
      const { deviceId } = entry.device;
      const presence = presenceOf(devices, deviceId);
      if (presence) live.online(deviceId, presence);
      const known = clocks.get(deviceId);
      if (known) live.clockMeasured(deviceId, known);
    },
    handshaken: ({ address, admission }, client) => {
      if (!admission) return;
      const { deviceId, name, clientId } = admission;
      const person = { deviceId: devices.merges.shownAs(deviceId), name: devices.nameOf(deviceId) ?? name };
      tell({ event: 'handshake', ...person, clientId, client, address });
    },
    disconnected: (connection: ConnectionInfo) => {
      const { address, admission, connectedAtMs, frames } = connection;
      const deviceId = admission?.deviceId ?? null;
      if (deviceId !== null && (devices.get(deviceId)?.live ?? 0) === 0) live.offline(deviceId);
      if (deviceId !== null && devices.get(deviceId) === null) {
        clocks.forget(deviceId);
        statusBattery.delete(deviceId);
      }
      log.info({ clientIp: address, totalClients: connections() }, 'phone disconnected');
      const durationS = Math.round((clock.now() - connectedAtMs) / 100) / 10;
      const shownAs = deviceId === null ? null : devices.merges.shownAs(deviceId);
      tell({ event: 'disconnected', deviceId: shownAs, address, durationS, frames, connections: connections() });
    },
    refused: ({ admission }, code, frames = 1) => {
      if (admission) live.refused(admission.deviceId);
      if (admission && frames > 0) refusals.add(admission.deviceId, code, frames);
      else if (admission) refusals.add(admission.deviceId, `${MESSAGE_REFUSAL}${code}`, 1);
      if (admission && code === 'rate_limited') floods.refused(admission.deviceId);
      log.debug({ code, deviceId: admission?.deviceId }, 'refused bad input');
    },
    listening: (deviceId) => phones.listening(deviceId),
    reported: (deviceId, status) => {
      if (status.battery !== null) statusBattery.set(deviceId, toPercent(status.battery));
      if (status.captured !== null) {
        const nowMs = clock.now();
        captured.reported(deviceId, status.captured, {
          queued: status.queued ?? 0,
          stored: live.get(deviceId)?.frames ?? 0,
          forMs: nowMs - (devices.get(deviceId)?.device.firstSeenAtMs ?? nowMs),
        });
      }
      live.reported(deviceId, status);
    },
    read: onRead,
    measured: (deviceId, sample) => clocks.measured(deviceId, sample, clock.now()),
    saidWaiting: ({ admission, address }, { data }) => {
      const word = wordOf(data);
      if (!admission || word?.kind !== 'sos') return;
      const { deviceId, name } = admission;
      if (word.isActive) alerts.raise(waitingSosAlert(deviceId, name, address, word.text));
      else alerts.clear(waitingSosAlertId(deviceId));
    },
    saidRemoved: ({ deviceId }, address, { data }) => {
      const name = devices.nameOf(deviceId) ?? deviceId;
      const word = wordOf(data);
      if (word?.kind !== 'sos') return;
      if (word.isActive) alerts.raise(removedSosAlert(deviceId, name, address, word.text));
      else alerts.clear(removedSosAlertId(deviceId));
    },
    fought: ({ deviceId, name }, address) => {
      audit.gather(impersonation(deviceId, name, address));
      alerts.raise(fightAlert(deviceId, devices.nameOf(deviceId) ?? name, address));
    },
  };
}
