import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../../helpers/field';

/** Everything somebody else heard at an address that was the hub's. */
interface Stranger {
  readonly server: Server;
  readonly proofsAsked: () => number;
  /** Sockets opened, and whatever came that was no question for a proof or a sign of life. */
  readonly heard: string[];
}

/** Knows the hub's id, as everybody on the WiFi does, and not the hash of any key. */
async function startStranger(
  address: string,
  port: number,
  hubId: string,
  tls: { readonly cert: string; readonly key: string } | null,
): Promise<Stranger> {
  let proofs = 0;
  const heard: string[] = [];
  const answer = ({ url = '', headers, method }: IncomingMessage, response: ServerResponse): void => {
    const { pathname } = new URL(url, 'http://x');
    if (headers.authorization) heard.push(`authorization at ${pathname}`);
    if (pathname === '/ca.proof') proofs += 1;
    else if (pathname !== '/health') heard.push(`${method} ${pathname}`);
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ status: 'ok', hubId, proofs: ['garbage', '00'.repeat(32)] }));
  };
  const server = tls ? createTlsServer(tls, answer) : createServer(answer);
  server.on('upgrade', ({ url }: IncomingMessage, socket) => {
    heard.push(`socket ${url}`);
    socket.destroy();
  });
  server.listen(port, address);
  await once(server, 'listening');
  return { server, proofsAsked: () => proofs, heard };
}

for (const scheme of ['http', 'https'] as const) {
  test(`no key goes to a stranger at an address of the hub, over ${scheme}`, async ({ field }) => {
    // Twice through all addresses, with the pauses a phone makes.
    test.setTimeout(120_000);
    const own = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
    expect(own, 'this machine has an address of its own').toBeDefined();
    const { ready } = field.hub;
    const { port } = new URL((scheme === 'https' ? ready.https : ready.http) ?? '');
    const health = (await (await fetch(`${ready.http}/health`)).json()) as { hubId: string };
    const file = (name: string): string => readFileSync(join(field.dataDir, 'tls', name), 'utf8');
    // The worst case: it has stolen the certificate too.
    const tls = scheme === 'https' ? { cert: file('leaf.pem'), key: file('leaf-key.pem') } : null;
    const phone = await field.openPhone(`${scheme}://127.0.0.1:${port}/join${new URL(ready.join).hash}`);
    await field.hub.stop('SIGKILL');
    const stranger = await startStranger(own ?? '', Number(port), health.hubId, tls);
    await expect.poll(stranger.proofsAsked, { timeout: 40_000 }).toBeGreaterThanOrEqual(2);
    expect(stranger.heard).toEqual([]);
    stranger.server.closeAllConnections();
    await new Promise((resolve) => stranger.server.close(resolve));

    // The hub itself proves who it is there.
    await field.restart(['--host', own ?? '']);
    await expect(phone.getByTestId('link')).toHaveAttribute('data-state', 'connected', { timeout: 40_000 });
    await expect(phone.getByTestId('waiting')).toHaveText('0', { timeout: 20_000 });
  });
}
