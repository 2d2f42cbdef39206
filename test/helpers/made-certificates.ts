import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate and its key, PEM files. */
export interface MadeCertificate {
  readonly certFile: string;
  readonly keyFile: string;
}

/**
 * A certificate for a server at `name`, signed with a CA's key by openssl, which keeps to no limits: what a thief of the
 * CA's key would make.
 * @param folder where the files go
 * @param name a host name, or an address with `IP:` in front
 */
export function forgeCertificate(folder: string, ca: MadeCertificate, name: string): MadeCertificate {
  const [certFile, keyFile] = [join(folder, 'forged.pem'), join(folder, 'forged-key.pem')];
  const [request, extensions] = [join(folder, 'forged.csr'), join(folder, 'forged.cnf')];
  const alternative = name.startsWith('IP:') ? name : `DNS:${name}`;
  writeFileSync(extensions, `subjectAltName=${alternative}\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n`);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
  execFileSync('openssl', ['req', '-new', ...key, '-subj', '/CN=forged', '-out', request], { stdio: 'pipe' });
  const signer = ['-CA', ca.certFile, '-CAkey', ca.keyFile, '-set_serial', '0x5045524348', '-days', '30'];
  execFileSync('openssl', ['x509', '-req', '-in', request, ...signer, '-extfile', extensions, '-out', certFile], {
    stdio: 'pipe',
  });
  return { certFile, keyFile };
}

/** A certificate of nobody's but its owner, for the server at that host name. @param folder where the files go */
export function selfSigned(folder: string, name: string): MadeCertificate {
  const [certFile, keyFile] = [join(folder, 'own.pem'), join(folder, 'own-key.pem')];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
  const content = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`, '-days', '30', '-out', certFile];
  execFileSync('openssl', ['req', '-x509', ...key, ...content], { stdio: 'pipe' });
  return { certFile, keyFile };
}
