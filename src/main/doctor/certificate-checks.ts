import { join } from 'node:path';
import { ok, trouble, unknown, warning } from './check';
import type { Examine } from './parts';

const VALID = { id: 'certificate', title: 'Certificate' };
const AUTHORITY = { id: 'authority', title: 'Certificate authority' };
const DAY_MS = 86_400_000;
/** The hub's own is issued anew 30 days before; so this few are left only when that failed. */
const FEW_DAYS = 20;

/** How long TLS holds, for which names, and what a stolen CA key could do. */
export const examineCertificate: Examine = (parts) => {
  const certificate = parts.certificate();
  if (certificate === null)
    return [unknown(VALID, 'There is no certificate yet: the hub makes one when it starts with TLS.')];
  const { isOwnAuthority, isLimited, isKeyShut, leftOut, validToMs } = certificate;
  const anew = `To make a new authority, stop Perch, remove the folder ${join(parts.dataDir, 'tls')} and start again; every phone must then trust the new one.`;
  const days = Math.floor((validToMs - parts.now()) / DAY_MS);
  const checks = [];
  if (days < 0) checks.push(trouble(VALID, `The certificate ended ${-days} days ago: phones refuse it.`));
  else if (isKeyShut) {
    checks.push(
      warning(
        VALID,
        `Valid for ${days} days, but not for a new address: the authority’s key is sealed by a keychain that this program can not open. Start the desktop app of the user who sealed it. ${anew}`,
      ),
    );
  } else if (leftOut.length > 0) {
    checks.push(
      warning(
        VALID,
        `The hub’s authority may not vouch for ${leftOut.join(', ')}: phones that use it see a warning. An address of the internet or a public name must be given as --public-host when the authority is made. ${anew}`,
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
      `It was made by an earlier Perch and could vouch for any site: who steals its key can read what those phones do on the internet. ${anew}`,
    ),
  ];
};
