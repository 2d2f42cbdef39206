import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { join } from 'node:path';
import type { CertificateState } from './lan';
import { readLimits } from './name-constraints';
import { readIfThere } from './pem-files';
import * as x509 from './x509';

/**
 * What is kept in a data folder whose hub may not run: reads, makes and opens nothing. `leftOut`: of `addresses`.
 * @returns null when there is no CA yet, or it can't be read
 */
export async function inspectCertificates(
  dataDir: string,
  addresses: readonly string[],
): Promise<CertificateState | null> {
  const folder = join(dataDir, 'tls');
  const [ca, leaf] = await Promise.all([readIfThere(join(folder, 'ca.pem')), readIfThere(join(folder, 'leaf.pem'))]);
  if (ca === null || leaf === null) return null;
  try {
    const limits = readLimits(new x509.X509Certificate(ca));
    return {
      isOwnAuthority: true,
      validToMs: Date.parse(new X509Certificate(leaf).validTo),
      isLimited: limits !== null,
      // Sealed is as it should be: who runs the hub may open it.
      isKeyShut: !existsSync(join(folder, 'ca-key.pem')) && !existsSync(join(folder, 'ca-key.sealed')),
      leftOut: addresses.filter((address) => isIPv4(address) && limits !== null && !limits.permits(address)),
    };
  } catch {
    return null;
  }
}
