import { createHash } from 'node:crypto';
import type { CertificateAmendment, Custody, CustodyCertificate } from '../../common/model/custody';
import { canonicalJson } from './canonical-json';

/** A certificate before it has its hash. */
type Unsigned = Omit<CustodyCertificate, 'sha256' | 'amendment'>;

/** Adds the hash of all the rest. */
export const withHash = (certificate: Unsigned): CustodyCertificate => ({
  ...certificate,
  sha256: createHash('sha256').update(canonicalJson(certificate)).digest('hex'),
});

/**
 * What is otherwise now than it was when the certificate was issued; null: nothing.
 * @param now the same certificate, made anew
 */
export function amendmentOf(issued: CustodyCertificate, now: CustodyCertificate): CertificateAmendment | null {
  const was = new Map(issued.devices.map((one) => [one.deviceId, canonicalJson(one)]));
  const devices = now.devices.filter((one) => was.get(one.deviceId) !== canonicalJson(one));
  const sessionName = now.session.name === issued.session.name ? null : now.session.name;
  return devices.length === 0 && sessionName === null ? null : { atMs: now.issuedAtMs, sessionName, devices };
}

/**
 * A certificate without a name that must not be in it any more; it says which one it stands for, since that one's hash holds no
 * longer. null: the person is not in it.
 */
export function withoutName(
  { sha256, amendment: _, ...certificate }: CustodyCertificate,
  deviceId: string,
  name: string,
): CustodyCertificate | null {
  if (!certificate.devices.some((one) => one.deviceId === deviceId && one.name !== name)) return null;
  const devices = certificate.devices.map((one): Custody => (one.deviceId === deviceId ? { ...one, name } : one));
  return withHash({ ...certificate, devices, standsFor: [...(certificate.standsFor ?? []), sha256] });
}
