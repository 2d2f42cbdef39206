import { ok, trouble, unknown, warning } from './check';
import type { DoctorParts, Examine } from './parts';

const VALID = { id: 'certificate', title: 'Certificate' };
const AUTHORITY = { id: 'authority', title: 'Certificate authority' };
const DAY_MS = 86_400_000;
/** The hub's own is issued anew 30 days before; so this few are left only when that failed. */
const FEW_DAYS = 20;

/** The button does it in the running hub; nobody has to find a folder. */
const ANEW =
  'To make a new authority, open Tools, then Keys and links, and press Make a new one; every phone must then trust the new one.';

/** No phone is sent to a VPN or to containers: a certificate of the operator's need not hold there. */
const isAside = (address: string, parts: DoctorParts): boolean =>
  parts.addresses().some((one) => one.address === address && (one.kind === 'vpn' || one.kind === 'virtual'));

/** How long TLS holds, for which names, and what a stolen CA key could do. */
export const examineCertificate: Examine = (parts) => {
  const certificate = parts.certificate();
  if (certificate === null)
    return [unknown(VALID, 'There is no certificate yet: the hub makes one when it starts with TLS.')];
  const { isOwnAuthority, isLimited, isKeyShut, validToMs } = certificate;
  const leftOut = certificate.leftOut.filter((name) => isOwnAuthority || !isAside(name, parts));
  const days = Math.floor((validToMs - parts.now()) / DAY_MS);
  const checks = [];
  if (days < 0) checks.push(trouble(VALID, `The certificate ended ${-days} days ago: phones refuse it.`));
  else if (isKeyShut) {
    checks.push(
      warning(
        VALID,
        `Valid for ${days} days, but not for a new address: the authority’s key is sealed by a keychain that this program can not open. Start the desktop app of the user who sealed it. ${ANEW}`,
      ),
    );
  } else if (leftOut.length > 0 && !isOwnAuthority) {
    checks.push(
      warning(
        VALID,
        `Your certificate does not hold for ${leftOut.join(', ')}, where phones are sent: they see a warning there. Start the hub with --public-host and a name that it holds for, or with a certificate for that one.`,
      ),
    );
  } else if (leftOut.length > 0) {
    checks.push(
      warning(
        VALID,
        `The hub’s authority may not vouch for ${leftOut.join(', ')}: phones that use it see a warning. An address of the internet or a public name must be given as --public-host when the authority is made. ${ANEW}`,
      ),
    );
  } else if (days < FEW_DAYS) checks.push(warning(VALID, `The certificate ends in ${days} days.`));
  else checks.push(ok(VALID, `Valid for ${days} days.`));
  if (!isOwnAuthority) return [...checks, ok(AUTHORITY, 'The operator’s own certificate is used.')];
  if (isLimited) {
    return [...checks, ok(AUTHORITY, 'It can vouch only for private addresses and this laptop’s own names.')];
  }
  return [
    ...checks,
    warning(
      AUTHORITY,
      `It was made by an earlier Perch and could vouch for any site: who steals its key can read what those phones do on the internet. ${ANEW}`,
    ),
  ];
};
