import { writeFile } from 'node:fs/promises';
import { HubError } from '../../../common/contract/errors';
import type { RequestParams, RequestResult } from '../../../common/contract/requests';
import type { CustodyCertificate } from '../../../common/model/custody';
import { certificatePage } from '../../feeds';
import type { ConsoleHost } from '../hub';

/** Asks where, and writes the certificate there. @throws HubError conflict, storage_unavailable */
export async function saveCertificate(
  certificate: CustodyCertificate,
  format: RequestParams<'session.saveCertificate'>['format'],
  host: ConsoleHost | null,
): Promise<RequestResult<'session.saveCertificate'>> {
  if (!host) throw new HubError('conflict', 'This control room is in a browser: it saves the certificate by itself.');
  const day = new Date(certificate.session.startedAtMs).toISOString().slice(0, 10);
  const path = await host.chooseSavePath(`perch-certificate-${day}.${format === 'page' ? 'html' : 'json'}`);
  if (path === null) return { outcome: 'cancelled' };
  const text = format === 'page' ? certificatePage(certificate).html : `${JSON.stringify(certificate, null, 2)}\n`;
  try {
    await writeFile(path, text);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new HubError('storage_unavailable', `The certificate could not be written: ${cause}`);
  }
  return { outcome: 'saved', path };
}
