import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { NetworkInterfaceInfo } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createHubClient } from '../../../src/common/contract/client';
import { createMemoryTransports } from '../../../src/common/rpc/memory-transport';
import { localName } from '../../../src/main/lan/host-check';
import { startContractHub } from '../../helpers/contract-hub';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { WireClient } from '../../helpers/wire-client';

const info = (address: string): NetworkInterfaceInfo[] => [
  { address, family: 'IPv4', internal: false, netmask: '255.255.255.0', mac: '02:00:00:00:00:01', cidr: null },
];
const FIELD = {
  docker0: info('172.17.0.1'),
  lo: info('127.0.0.1'),
  tun0: info('10.8.0.6'),
  wlan0: info('192.168.1.20'),
};

function folder(): string {
  const path = temporaryFolder();
  onTestFinished(() => removeFolder(path));
  return path;
}

/** A certificate of the operator's own, for these names. */
function ownCertificate(names: string): { readonly certFile: string; readonly keyFile: string } {
  const path = folder();
  const [certFile, keyFile] = [join(path, 'own.pem'), join(path, 'own-key.pem')];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
  const subject = ['-subj', '/CN=own', '-addext', `subjectAltName=${names}`];
  execFileSync('openssl', ['req', '-x509', ...key, '-out', certFile, ...subject], { stdio: 'pipe' });
  return { certFile, keyFile };
}

async function start(wishes: Parameters<typeof startContractHub>[0]) {
  const running = await startContractHub({ networkInterfaces: () => FIELD, ...wishes });
  onTestFinished(running.stop);
  const [near, far] = createMemoryTransports();
  running.hub.attachConsole(far, 'operator', null);
  const room = createHubClient(near);
  const { http, joinKey } = running.ready;
  const phone = await WireClient.open(`${http.replace('http', 'ws')}/pocket-parrot?key=${joinKey}`);
  const { addresses } = await phone.ask({ type: 'handshake', username: 'ann' });
  await phone.close();
  const caJson = (await (await fetch(`${http}/ca.json`)).json()) as { readonly secureHost: string | null };
  return { ...running.ready, room, addresses, secureHost: caJson.secureHost };
}

/** What the secure page's `/health` answers under a name, its certificate checked as a phone would. */
const open = (https: string | null, name: string, ca: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(https ?? '');
    const headers = { host: `${name}:${port}` };
    request({ host: '127.0.0.1', port, path: '/health', servername: name, ca, headers }, ({ statusCode }) =>
      resolve(statusCode),
    )
      .on('error', reject)
      .end();
  });

test('a phone is told where it may find the hub again: no VPN, no containers, the name of the laptop last', async () => {
  const { room, addresses, secureHost } = await start({});
  // It came by loopback, so loopback is good for it.
  const names = [localName()].filter((name) => name !== null);
  expect(addresses).toEqual(['192.168.1.20', '127.0.0.1', ...names]);
  expect(secureHost).toBeNull();
  const { choices, selectedAddress } = await room.request('pairing.get', {});
  expect(choices.map(({ address }) => address)).toEqual([
    '192.168.1.20',
    '10.8.0.6',
    '172.17.0.1',
    '127.0.0.1',
    ...names,
  ]);
  expect(selectedAddress).toBe('192.168.1.20');
  for (const address of names) {
    const { joinUrl } = await room.request('pairing.selectAddress', { address });
    expect(new URL(joinUrl).hostname).toBe(address);
  }
});

test('the operator’s own certificate: phones and teammates are led to the name it holds for', async () => {
  const own = ownCertificate('DNS:hub.example.org');
  const { room, addresses, secureHost, https } = await start(own);
  expect(secureHost).toBe('hub.example.org');
  expect(addresses).toEqual(['192.168.1.20', '127.0.0.1', 'hub.example.org']);
  const { link } = await room.request('key.makeViewer', { name: 'Tablet', hours: 1 });
  expect(new URL(link).host).toBe(`hub.example.org:${new URL(https ?? '').port}`);
  expect(await open(https, 'hub.example.org', readFileSync(own.certFile, 'utf8'))).toBe(200);
});

test('a certificate issued anew, for another address, is in the audit log', async () => {
  const dataDir = folder();
  const first = await startContractHub({ dataDir, networkInterfaces: () => FIELD });
  await first.stop();
  const { room } = await start({ dataDir, networkInterfaces: () => ({ wlan0: info('10.0.0.9') }) });
  const { entries } = await room.request('audit.list', { search: 'issued anew', limit: 5 });
  expect(entries).toEqual([expect.objectContaining({ action: 'tls.renewed', actor: 'hub' })]);
  expect(entries[0]?.detail).toMatch(
    /^The certificate was issued anew for 10\.0\.0\.9, valid until \d{4}-\d\d-\d\d\.$/,
  );
});
