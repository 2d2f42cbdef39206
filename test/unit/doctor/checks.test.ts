import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { DoctorState } from '../../../src/common/model/doctor';
import type { DoctorParts } from '../../../src/main/doctor';
import { examineCertificate } from '../../../src/main/doctor/certificate-checks';
import { examineFirewall } from '../../../src/main/doctor/firewall';
import { examineListening } from '../../../src/main/doctor/listening-checks';
import { examineMachine } from '../../../src/main/doctor/machine-checks';
import { examineArrivals, examineNetwork } from '../../../src/main/doctor/network-checks';
import { removeFolder, temporaryFolder } from '../../helpers/temporary-folder';
import { address, patient, rung } from './doctor-fixture';

type Case = readonly [string, Partial<DoctorParts>, string, DoctorState, RegExp];

describe('the network', () => {
  const vpn = address('vpn', '10.8.0.6', 'tun0');
  const loopback = address('loopback', '127.0.0.1', 'lo');
  it.each<Case>([
    ['WiFi', {}, 'network', 'ok', /192\.168\.1\.20 \(wifi0\)/],
    ['nothing but loopback', { addresses: () => [loopback] }, 'network', 'trouble', /start its own hotspot/],
    ['the best address in the code', {}, 'address', 'ok', /holds 192\.168\.1\.20/],
    [
      'loopback in the code',
      { addresses: () => [loopback], selectedAddress: () => '127.0.0.1' },
      'address',
      'trouble',
      /only this laptop/,
    ],
    [
      'a VPN in the code',
      { addresses: () => [vpn], selectedAddress: () => '10.8.0.6' },
      'address',
      'warning',
      /belongs to a VPN/,
    ],
    ['an address that is gone', { selectedAddress: () => '10.1.1.1' }, 'address', 'trouble', /10\.1\.1\.1/],
    ['no hub', { selectedAddress: () => null }, 'address', 'unknown', /not running/],
    ['no VPN', {}, 'vpn', 'ok', /No VPN/],
    [
      'a VPN beside WiFi',
      { addresses: () => [address('wifi', '192.168.1.20'), vpn] },
      'vpn',
      'warning',
      /10\.8\.0\.6 \(tun0\)/,
    ],
  ])('%s', async (_name, parts, id, state, sentence) => {
    const found = rung(await examineNetwork(patient(parts)), id);
    expect([found.state, found.sentence]).toEqual([state, expect.stringMatching(sentence)]);
  });
});

describe('whether a phone arrived', () => {
  it.each<Case>([
    ['reached', { reachedVia: () => '192.168.1.20' }, 'arrived', 'ok', /Reached via 192\.168\.1\.20/],
    ['just started', {}, 'arrived', 'unknown', /Scan the QR code/],
    ['a code that nobody was shown', { codeShownForMs: () => null }, 'arrived', 'unknown', /Scan the QR code/],
    [
      'a minute of silence',
      { codeShownForMs: () => 61_000 },
      'arrived',
      'warning',
      /in the minute since .*client isolation/,
    ],
    ['an hour of silence', { codeShownForMs: () => 3_600_000 }, 'arrived', 'warning', /in the 60 minutes since/],
    ['from the command line', { reachedVia: () => undefined }, 'arrived', 'unknown', /Only the running hub/],
    ['secure: nobody yet', {}, 'secure-arrived', 'unknown', /No phone has come yet/],
    [
      'secure: the guide just now',
      { reachedVia: () => '192.168.1.20', reachedForMs: () => 5_000 },
      'secure-arrived',
      'unknown',
      /not yet/,
    ],
    [
      'secure: the guide for a minute, the other port never',
      { reachedVia: () => '192.168.1.20', reachedForMs: () => 61_000 },
      'secure-arrived',
      'warning',
      /port 8080 was reached, the secure page on port 8443 never.*Let TCP port 8443 in/,
    ],
    [
      'secure: the port, and no page',
      { reachedVia: () => '192.168.1.20', reachedForMs: () => 61_000, secureReach: () => 'port' },
      'secure-arrived',
      'warning',
      /do not trust its certificate yet/,
    ],
    ['secure: the page', { secureReach: () => 'page' }, 'secure-arrived', 'ok', /8443/],
    [
      'secure: from the command line',
      { secureReach: () => undefined },
      'secure-arrived',
      'unknown',
      /Only the running/,
    ],
  ])('%s', async (_name, parts, id, state, sentence) => {
    const found = rung(await examineArrivals(patient(parts)), id);
    expect([found.state, found.sentence]).toEqual([state, expect.stringMatching(sentence)]);
  });
});

describe('the firewall', () => {
  const says = (answers: Readonly<Record<string, string>>): Partial<DoctorParts> => ({
    run: (command, args) => Promise.resolve(answers[[command, ...args].join(' ')] ?? null),
  });
  const onWindows = 'powershell -NoProfile -Command (Get-NetConnectionProfile).NetworkCategory -join ","';
  const onMac = '/usr/libexec/ApplicationFirewall/socketfilterfw --getglobalstate';
  it.each<Case>([
    [
      'ufw on',
      { read: () => Promise.resolve('# ufw\nENABLED=yes\n') },
      'firewall',
      'warning',
      /sudo ufw allow 8080\/tcp && sudo ufw allow 8443\/tcp/,
    ],
    ['ufw off', { read: () => Promise.resolve('ENABLED=no\n') }, 'firewall', 'ok', /Neither ufw nor firewalld/],
    [
      'firewalld on',
      says({ 'firewall-cmd --state': 'running\n', 'firewall-cmd --list-ports': '22/tcp\n' }),
      'firewall',
      'warning',
      /--add-port=8443\/tcp/,
    ],
    [
      'firewalld lets them through',
      says({ 'firewall-cmd --state': 'running\n', 'firewall-cmd --list-ports': '8080/tcp 8443/tcp\n' }),
      'firewall',
      'ok',
      /lets the hub/,
    ],
    [
      'nftables that drop',
      says({ 'nft list ruleset': 'chain INPUT {\n type filter hook input priority filter; policy drop;' }),
      'firewall',
      'warning',
      /nftables/,
    ],
    [
      'nftables that accept',
      says({ 'nft list ruleset': 'hook input priority filter; policy accept;' }),
      'firewall',
      'ok',
      /No firewall/,
    ],
    [
      'Windows, public',
      { platform: 'win32', ...says({ [onWindows]: 'Private,Public\r\n' }) },
      'firewall',
      'warning',
      /counts this network as public/,
    ],
    [
      'Windows, private',
      { platform: 'win32', ...says({ [onWindows]: 'Private\r\n' }) },
      'firewall',
      'ok',
      /as private/,
    ],
    ['Windows, silent', { platform: 'win32' }, 'firewall', 'unknown', /did not tell/],
    [
      'macOS, on',
      { platform: 'darwin', ...says({ [onMac]: 'Firewall is enabled. (State = 1)\n' }) },
      'firewall',
      'warning',
      /Local Network/,
    ],
    [
      'macOS, off',
      { platform: 'darwin', ...says({ [onMac]: 'Firewall is disabled. (State = 0)\n' }) },
      'firewall',
      'ok',
      /Local Network/,
    ],
    ['another system', { platform: 'freebsd' }, 'firewall', 'unknown', /does not tell/],
    [
      'a phone came through one',
      { reachedVia: () => '192.168.1.20', secureReach: () => 'port', read: () => Promise.resolve('ENABLED=yes') },
      'firewall',
      'ok',
      /came through/,
    ],
    [
      'a phone came through on the first port only',
      { reachedVia: () => '192.168.1.20', read: () => Promise.resolve('ENABLED=yes') },
      'firewall',
      'warning',
      /let them in: sudo ufw allow 8443\/tcp$/,
    ],
  ])('%s', async (_name, parts, id, state, sentence) => {
    const found = rung(await examineFirewall(patient(parts)), id);
    expect([found.state, found.sentence]).toEqual([state, expect.stringMatching(sentence)]);
  });
});

describe('the certificate', () => {
  const certificate = (facts: object): Partial<DoctorParts> => ({
    certificate: () => ({
      isOwnAuthority: true,
      validToMs: Date.UTC(2027, 10, 22),
      isLimited: true,
      isKeyShut: false,
      leftOut: [],
      ...facts,
    }),
  });
  it.each<Case>([
    ['valid', {}, 'certificate', 'ok', /Valid for 365 days/],
    ['ended', certificate({ validToMs: Date.UTC(2026, 10, 20) }), 'certificate', 'trouble', /ended 2 days ago/],
    ['near its end', certificate({ validToMs: Date.UTC(2026, 10, 27) }), 'certificate', 'warning', /ends in 5 days/],
    ['a sealed key', certificate({ isKeyShut: true }), 'certificate', 'warning', /not for a new address/],
    [
      'a public address',
      certificate({ leftOut: ['8.8.4.4'] }),
      'certificate',
      'warning',
      /8\.8\.4\.4.*--public-host.*press Make a new one/,
    ],
    [
      'of the operator, for another name',
      certificate({ isOwnAuthority: false, leftOut: ['hub.example'] }),
      'certificate',
      'warning',
      /^Your certificate does not hold for hub\.example/,
    ],
    [
      'of the operator, for no VPN',
      {
        ...certificate({ isOwnAuthority: false, leftOut: ['10.8.0.6'] }),
        addresses: () => [address('wifi', '192.168.1.20'), address('vpn', '10.8.0.6')],
      },
      'certificate',
      'ok',
      /Valid/,
    ],
    [
      'of the operator, ended',
      certificate({ isOwnAuthority: false, validToMs: Date.UTC(2026, 10, 20) }),
      'certificate',
      'trouble',
      /ended 2 days ago/,
    ],
    ['none yet', { certificate: () => null }, 'certificate', 'unknown', /no certificate/],
    ['limited', {}, 'authority', 'ok', /only for private addresses/],
    [
      'a CA of before',
      certificate({ isLimited: false }),
      'authority',
      'warning',
      /earlier Perch.*every phone must then trust/,
    ],
    ['of the operator', certificate({ isOwnAuthority: false }), 'authority', 'ok', /operator’s own/],
  ])('%s', async (_name, parts, id, state, sentence) => {
    const found = rung(await examineCertificate(patient(parts)), id);
    expect([found.state, found.sentence]).toEqual([state, expect.stringMatching(sentence)]);
  });
});

describe('the machine', () => {
  it('measures room and speed of the disk, and leaves nothing behind', async () => {
    const dataDir = temporaryFolder();
    const checks = await examineMachine(patient({ dataDir }));
    expect(rung(checks, 'disk').sentence).toMatch(/^\d+\.\d GB are free/);
    expect(rung(checks, 'disk-speed').sentence).toMatch(/^1 MB was safely on disk after \d+ ms/);
    removeFolder(dataDir);
    expect(rung(await examineMachine(patient({ dataDir })), 'disk-speed').state).toBe('unknown');
  });

  it.each<Case>([
    ['a clock set back', { clockAheadMs: () => 90_000 }, 'clock', 'warning', /set back: .*are 90 s ahead/],
    ['a clock set right by a second', { clockAheadMs: () => 1_000 }, 'clock', 'ok', /UTC|agrees/],
    ['a clock that lost its battery', { now: () => 0 }, 'clock', 'trouble', /1970/],
    ['no phones', {}, 'clock', 'ok', /Too few phones/],
    ['phones that agree', { phoneOffsetsMs: () => [20, -30, 400] }, 'clock', 'ok', /agrees with 3 of 3/],
    [
      'behind all phones',
      { phoneOffsetsMs: () => [180_000, 181_000, 179_500] },
      'clock',
      'warning',
      /3 min behind 3 of 3/,
    ],
    [
      'ahead of all phones',
      { phoneOffsetsMs: () => [-180_000, -181_000] },
      'clock',
      'warning',
      /3 min ahead of 2 of 2/,
    ],
    ['one phone that is off', { phoneOffsetsMs: () => [5, 10, 7_200_000] }, 'clock', 'ok', /agrees with 2 of 3/],
    ['kept awake', {}, 'sleep', 'ok', /keeps the laptop awake/],
    ['not kept awake', { isKeptAwake: () => false }, 'sleep', 'warning', /did not let Perch/],
    ['headless', { isKeptAwake: () => null }, 'sleep', 'unknown', /power settings/],
    ['versions', {}, 'versions', 'ok', /Perch 1\.2\.3 on Node/],
  ])('%s', async (_name, parts, id, state, sentence) => {
    const found = rung(await examineMachine(patient(parts)), id);
    expect([found.state, found.sentence]).toEqual([state, expect.stringMatching(sentence)]);
  });
});

describe('its own address', () => {
  const serve = async (body: string): Promise<{ server: Server; port: number }> => {
    const server = createServer((_request, response) => response.end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { server, port: (server.address() as AddressInfo).port };
  };
  const here = [address('wifi', '127.0.0.1')];

  it.each([
    ['a hub', '{"hubId":"h1"}', 'ok', /127\.0\.0\.1/],
    ['something else', '<html>', 'trouble', /another program answered/],
    ['other JSON', '[]', 'trouble', /another program answered/],
  ])('%s answers there', async (_name, body, state, sentence) => {
    const { server, port } = await serve(body);
    const listening = () => ({ httpPort: port, tlsPort: null });
    const checks = await examineListening(patient({ addresses: () => here, listening, wantedPorts: [port] }));
    expect(rung(checks, 'plain')).toMatchObject({ state, sentence: expect.stringMatching(sentence) as string });
    expect(rung(checks, 'tls')).toMatchObject({ state: 'warning' });
    expect(rung(checks, 'ports').state).toBe('ok');
    server.close();
  });

  it('nothing answers: a sentence with the reason, and both are told', async () => {
    const { server, port } = await serve('');
    await new Promise((resolve) => server.close(resolve));
    const listening = () => ({ httpPort: port, tlsPort: port });
    const checks = await examineListening(patient({ addresses: () => here, listening }));
    for (const id of ['plain', 'tls']) {
      expect(rung(checks, id)).toMatchObject({
        state: 'trouble',
        sentence: expect.stringContaining('ECONNREFUSED') as string,
      });
    }
    expect(rung(checks, 'ports')).toMatchObject({ state: 'warning' });
  });

  it('without a hub: who holds its port', async () => {
    const parts = { listening: () => null, portHolder: () => Promise.resolve('nginx (pid 812)') };
    const checks = await examineListening(patient(parts));
    expect(rung(checks, 'ports')).toMatchObject({
      state: 'trouble',
      sentence: expect.stringContaining('nginx (pid 812)') as string,
    });
    expect(rung(checks, 'plain').state).toBe('unknown');
  });
});
