import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** An address of our own answers at once or not at all, ms. */
const PATIENCE_MS = 3000;

/** What came of opening `/health` of the hub: its id, or why not, such as `ECONNREFUSED`. */
export type Answer = { readonly hubId: string } | { readonly error: string };

/**
 * Opens the hub's `/health` as a phone would, at one of this laptop's addresses.
 * @param caPem the CA to check the certificate with; null: any certificate will do
 */
export function askOwnAddress(
  address: string,
  port: number,
  tls: { readonly caPem: string | null } | null,
): Promise<Answer> {
  return new Promise((resolve) => {
    const options = { host: address, port, path: '/health', agent: false as const, timeout: PATIENCE_MS };
    const request =
      tls === null
        ? httpRequest(options)
        : httpsRequest({
            ...options,
            ...(tls.caPem === null ? { rejectUnauthorized: false } : { ca: tls.caPem }),
          });
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text = (text + chunk).slice(0, 4096);
      });
      response.on('end', () => resolve(read(response.statusCode ?? 0, text)));
      response.on('error', () => resolve({ error: 'broke off' }));
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', (error: NodeJS.ErrnoException) => resolve({ error: error.code ?? error.message }));
    request.end();
  });
}

function read(status: number, text: string): Answer {
  if (status !== 200) return { error: `answer ${status}` };
  try {
    const health: unknown = JSON.parse(text);
    if (typeof health === 'object' && health !== null && 'hubId' in health && typeof health.hubId === 'string') {
      return { hubId: health.hubId };
    }
  } catch {
    // Not ours.
  }
  return { error: 'another program answered' };
}
