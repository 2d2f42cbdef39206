import type { Device } from '../../common/model/device';
import type { Lan } from '../lan';
import { type AuditRecord, type AuditRepeat, HUB, phoneAt } from './audit';

const often = (times: number): string => (times === 1 ? 'once' : `${times} times within a minute`);

/** Somebody said that they are a device that has a key, and did not have it. */
export const refusedClaim = ({ deviceId, name }: Device, address: string): AuditRepeat => ({
  action: 'claim.refused',
  actor: phoneAt(address),
  deviceId,
  detail: (times) => `Said ${often(times)} to be “${name}” without that phone’s key. Taken as a new person.`,
});

/** Two phones push each other out, being the same device by what they say. */
export const impersonation = (deviceId: string, name: string, address: string): AuditRepeat => ({
  action: 'device.impersonated',
  actor: phoneAt(address),
  deviceId,
  detail: (times) => `Was connected as “${name}” while another phone was, ${often(times)}. This one has to wait.`,
});

/** Somebody tried a key that opens nothing. */
export const wrongKeys = (address: string): AuditRepeat => ({
  action: 'key.refused',
  actor: phoneAt(address),
  detail: (times) => (times === 1 ? 'Sent a wrong key.' : `Sent ${times} wrong keys within a minute.`),
});

/** The served certificate was issued anew. */
export function certificateRenewed(lan: Pick<Lan, 'addresses' | 'certificate'>): AuditRecord {
  const validToMs = lan.certificate()?.validToMs;
  const until = validToMs === undefined ? '' : `, valid until ${new Date(validToMs).toISOString().slice(0, 10)}`;
  const where = lan.addresses().map(({ address }) => address);
  return {
    action: 'tls.renewed',
    actor: HUB,
    detail: `The certificate was issued anew for ${where.join(', ')}${until}.`,
  };
}
