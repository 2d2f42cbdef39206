import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { NetworkAddressKind } from '../../../src/common/model/network-address';
import { allAddresses, offLanAddresses, rankAddresses } from '../../../src/main/lan/addresses';
import { classifyInterface } from '../../../src/main/lan/interface-kind';

const info = (address: string, family: 'IPv4' | 'IPv6' = 'IPv4'): NetworkInterfaceInfo => {
  const common = { address, netmask: '', mac: '02:00:00:00:00:01', internal: false, cidr: null };
  return family === 'IPv4' ? { ...common, family } : { ...common, family, scopeid: 0 };
};

describe('what an interface is', () => {
  it.each<[string, string, NetworkAddressKind]>([
    ['wlan0', '192.168.1.20', 'wifi'],
    ['wlp3s0', '10.0.0.5', 'wifi'],
    ['wlx00c0ca123456', '192.168.0.7', 'wifi'],
    ['en0', '192.168.1.20', 'wifi'],
    ['Wi-Fi', '192.168.178.31', 'wifi'],
    ['WLAN 2', '192.168.178.31', 'wifi'],
    ['eth0', '192.168.1.21', 'ethernet'],
    ['enp0s31f6', '172.16.4.2', 'ethernet'],
    ['en7', '192.168.1.22', 'ethernet'],
    ['Ethernet', '192.168.1.23', 'ethernet'],
    ['Ethernet 3', '10.1.2.3', 'ethernet'],
    ['Local Area Connection', '192.168.1.24', 'ethernet'],
    ['bond0', '192.168.1.25', 'lan'],
    ['usb0', '192.168.7.2', 'lan'],
    ['wlan0', '10.42.0.1', 'hotspot'],
    ['ap0', '192.168.12.1', 'hotspot'],
    ['Local Area Connection* 10', '192.168.137.1', 'hotspot'],
    ['Wi-Fi', '172.20.10.3', 'hotspot'],
    ['Wi-Fi', '172.20.10.17', 'wifi'],
    ['wlp3s0', '192.168.43.55', 'hotspot'],
    ['wlan0', '192.168.49.1', 'hotspot'],
    ['bridge100', '192.168.2.1', 'hotspot'],
    ['bridge100', '192.168.64.1', 'virtual'],
    ['docker0', '172.17.0.1', 'virtual'],
    ['br-3f2a1b4c5d6e', '172.18.0.1', 'virtual'],
    ['veth12ab34c', '172.17.0.9', 'virtual'],
    ['cni0', '10.42.0.1', 'virtual'],
    ['virbr0', '192.168.122.1', 'virtual'],
    ['vEthernet (WSL)', '172.28.16.1', 'virtual'],
    ['vEthernet (Default Switch)', '172.22.0.1', 'virtual'],
    ['VirtualBox Host-Only Network', '192.168.56.1', 'virtual'],
    ['vboxnet0', '192.168.56.1', 'virtual'],
    ['Ethernet 2', '192.168.56.1', 'virtual'],
    ['VMware Network Adapter VMnet8', '192.168.200.1', 'virtual'],
    ['utun3', '10.8.0.2', 'vpn'],
    ['tun0', '10.8.0.6', 'vpn'],
    ['tailscale0', '100.101.102.103', 'vpn'],
    ['Ethernet 4', '100.64.0.9', 'vpn'],
    ['wg0', '10.6.0.2', 'vpn'],
    ['ppp0', '10.64.1.1', 'vpn'],
    ['ProtonVPN', '10.2.0.2', 'vpn'],
    // Windows in other languages: the names that Windows itself gives.
    ['WLAN', '192.168.178.31', 'wifi'],
    ['Drahtlosnetzwerkverbindung 2', '192.168.178.31', 'wifi'],
    ['LAN-Verbindung', '192.168.178.32', 'ethernet'],
    ['LAN-Verbindung 2', '192.168.178.32', 'ethernet'],
    ['LAN-Verbindung* 3', '192.168.137.1', 'hotspot'],
    ['Conexión de red inalámbrica', '192.168.1.30', 'wifi'],
    ['Conexi\u006f\u0301n de red inala\u0301mbrica 2', '192.168.1.30', 'wifi'],
    ['Conexión de área local', '192.168.1.31', 'ethernet'],
    ['Conexión de área local* 4', '192.168.137.1', 'hotspot'],
    ['Connexion réseau sans fil', '192.168.1.32', 'wifi'],
    ['Connexion au réseau local', '192.168.1.33', 'ethernet'],
    ['Connexion au réseau local* 9', '192.168.5.1', 'hotspot'],
    ['Connessione rete wireless', '192.168.1.34', 'wifi'],
    ['Connessione alla rete locale (LAN)', '192.168.1.35', 'ethernet'],
    ['Ligação de rede sem fios', '192.168.1.36', 'wifi'],
    ['Conexão de rede sem fio', '192.168.1.36', 'wifi'],
    ['Conexão local', '192.168.1.37', 'ethernet'],
    ['Draadloze netwerkverbinding', '192.168.1.38', 'wifi'],
    ['Wireless Network Connection 3', '192.168.1.39', 'wifi'],
    ['Беспроводная сеть', '192.168.1.40', 'wifi'],
    ['Подключение по локальной сети', '192.168.1.41', 'ethernet'],
    ['Połączenie sieci bezprzewodowej', '192.168.1.42', 'wifi'],
    ['无线网络连接', '192.168.1.43', 'wifi'],
    ['以太网', '192.168.1.44', 'ethernet'],
    ['本地连接', '192.168.1.44', 'ethernet'],
    ['イーサネット', '192.168.1.45', 'ethernet'],
    ['ワイヤレス ネットワーク接続', '192.168.1.46', 'wifi'],
    // Tunnels and meshes.
    ['ztly5abcde', '192.168.191.12', 'vpn'],
    ['feth3841', '10.147.17.4', 'vpn'],
    ['ZeroTier One [8056c2e21c000001]', '10.147.17.4', 'vpn'],
    ['Hamachi', '25.1.2.3', 'vpn'],
    ['ham0', '25.45.6.7', 'vpn'],
    ['Ethernet 5', '25.45.6.7', 'vpn'],
    ['WireGuard Tunnel', '10.6.0.2', 'vpn'],
    ['wg-mullvad', '10.64.0.2', 'vpn'],
    ['nebula1', '192.168.100.9', 'vpn'],
    ['Nebula', '192.168.100.9', 'vpn'],
    ['gpd0', '10.20.30.40', 'vpn'],
    ['nordlynx', '10.5.0.2', 'vpn'],
    ['OpenVPN TAP-Windows6', '10.8.0.6', 'vpn'],
    ['LAN-Verbindung VPN', '10.8.0.6', 'vpn'],
    ['Cloudflare WARP', '172.16.0.2', 'vpn'],
    ['CloudflareWARP', '172.16.0.2', 'vpn'],
    ['outline-tun1', '10.0.85.1', 'vpn'],
    ['vti0', '10.9.9.1', 'vpn'],
    // A phone on a cable: a network that no other phone is in.
    ['usb0', '192.168.42.100', 'lan'],
    ['rndis0', '192.168.42.100', 'lan'],
    ['enx0a1b2c3d4e5f', '192.168.42.201', 'lan'],
    ['Remote NDIS based Internet Sharing Device', '192.168.42.5', 'lan'],
    ['Ethernet 6', '192.168.42.129', 'lan'],
    ['en5', '172.20.10.3', 'lan'],
    ['enx0a1b2c3d4e5f', '192.168.1.27', 'ethernet'],
    // A phone's hotspot as the laptop sees it: the laptop is a guest in it, and other phones may be too.
    ['wlan0', '192.168.43.12', 'hotspot'],
    ['WLAN', '172.20.10.2', 'hotspot'],
    // Bonds, teams, VLANs and bridges of a laptop that is its own router.
    ['bond0.20', '192.168.20.4', 'lan'],
    ['team0', '192.168.1.26', 'lan'],
    ['wlan0.10', '192.168.10.4', 'wifi'],
    ['eth0.100', '10.100.0.4', 'ethernet'],
    ['enp3s0.7', '10.7.0.4', 'ethernet'],
    ['br0', '192.168.1.28', 'lan'],
    ['br-lan', '192.168.1.1', 'lan'],
    ['br-0123456789ab', '172.19.0.1', 'virtual'],
    ['vlan20', '192.168.20.9', 'lan'],
    // macOS: en0 is WiFi on every laptop; the others are cables and adapters.
    ['en0', '10.0.1.7', 'wifi'],
    ['en1', '10.0.1.8', 'ethernet'],
    ['en10', '192.168.1.29', 'ethernet'],
    ['bridge0', '192.168.1.9', 'lan'],
    ['bridge101', '192.168.3.1', 'hotspot'],
    ['bridge100', '192.168.65.1', 'virtual'],
    ['ap1', '192.168.2.1', 'hotspot'],
    ['utun0', '192.168.1.99', 'vpn'],
    ['awdl0', '169.254.1.1', 'link-local'],
    ['en0', '169.254.12.13', 'link-local'],
    ['lo', '127.0.0.1', 'loopback'],
    ['Loopback Pseudo-Interface 1', '127.0.0.1', 'loopback'],
  ])('%s with %s: %s', (name, address, kind) => {
    expect(classifyInterface(name, address)).toBe(kind);
  });
});

describe('which address goes into the QR code', () => {
  const laptop = {
    lo: [info('127.0.0.1'), info('::1', 'IPv6')],
    docker0: [info('172.17.0.1')],
    tun0: [info('10.8.0.6')],
    eth0: [info('192.168.1.21'), info('fe80::1', 'IPv6')],
    wlan0: [info('192.168.1.20'), info('2001:db8::5', 'IPv6')],
  };

  it('puts what phones reach first and shows all', () => {
    const ranked = rankAddresses(laptop).map(({ address }) => address);
    expect(ranked).toEqual(['192.168.1.20', '192.168.1.21', '10.8.0.6', '172.17.0.1', '127.0.0.1']);
  });

  it('prefers a hotspot to WiFi, and a private Ethernet to a public WiFi address', () => {
    const best = (table: Parameters<typeof rankAddresses>[0]): string | undefined => rankAddresses(table)[0]?.address;
    expect(best({ ...laptop, ap0: [info('192.168.12.1')] })).toBe('192.168.12.1');
    expect(best({ wlan0: [info('8.8.4.4')], eth0: [info('10.0.0.1')] })).toBe('10.0.0.1');
  });

  it('keeps every score within 0 and 100, falling', () => {
    const scores = rankAddresses(laptop).map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (const score of scores) expect(score >= 0 && score <= 100).toBe(true);
  });

  it('has a laptop with IPv6 alone show loopback only, and answer to what it has', () => {
    const table = {
      lo: [info('127.0.0.1'), info('::1', 'IPv6')],
      wlan0: [info('2001:db8::5', 'IPv6'), info('fe80::1', 'IPv6')],
    };
    expect(rankAddresses(table).map(({ address, kind }) => [address, kind])).toEqual([['127.0.0.1', 'loopback']]);
    expect(allAddresses(table)).toEqual(['127.0.0.1', '::1', '2001:db8::5', 'fe80::1']);
    expect(rankAddresses({ wlan0: [info('2001:db8::5', 'IPv6')] })).toEqual([]);
  });

  it.each<[string, Parameters<typeof rankAddresses>[0], string]>([
    [
      'WiFi before the cable of a phone',
      { 'Wi-Fi': [info('192.168.1.20')], 'Ethernet 6': [info('192.168.42.129')] },
      '192.168.1.20',
    ],
    [
      'the cable of a phone before a VPN',
      { rndis0: [info('192.168.42.100')], tun0: [info('10.8.0.6')] },
      '192.168.42.100',
    ],
    ['WiFi before Hamachi', { WLAN: [info('192.168.1.20')], Hamachi: [info('25.1.2.3')] }, '192.168.1.20'],
    [
      'a bridge of a router laptop before Docker',
      { br0: [info('192.168.1.28')], docker0: [info('172.17.0.1')] },
      '192.168.1.28',
    ],
    [
      'own hotspot before the WiFi it shares',
      { wlan0: [info('192.168.1.20')], ap0: [info('192.168.12.1')] },
      '192.168.12.1',
    ],
    ['WiFi of a VLAN before a bond', { bond0: [info('10.0.0.4')], 'wlan0.10': [info('192.168.10.4')] }, '192.168.10.4'],
  ])('prefers %s', (_name, table, best) => {
    expect(rankAddresses(table)[0]?.address).toBe(best);
  });

  it('answers to every address, of both families, and to loopback even when the system lists none', () => {
    expect(allAddresses(laptop)).toEqual(expect.arrayContaining(['2001:db8::5', 'fe80::1', '172.17.0.1']));
    expect(allAddresses({})).toEqual(['127.0.0.1', '::1']);
  });
});

describe('addresses that phones on the WiFi seldom reach', () => {
  it('are of both families, an interface taken whole', () => {
    const table = {
      lo: [
        { ...info('127.0.0.1'), internal: true },
        { ...info('::1', 'IPv6'), internal: true },
      ],
      wlan0: [info('192.168.1.20'), info('fd00::20', 'IPv6')],
      tailscale0: [info('100.101.1.2'), info('fd7a:115c:a1e0::1', 'IPv6')],
      wg0: [info('fd11::2', 'IPv6')],
      docker0: [info('172.17.0.1')],
    };
    expect(offLanAddresses(table)).toEqual(['100.101.1.2', 'fd7a:115c:a1e0::1', 'fd11::2', '172.17.0.1']);
  });

  it('are none where there is nothing better', () => {
    expect(offLanAddresses({ wg0: [info('10.8.0.6')], lo: [{ ...info('127.0.0.1'), internal: true }] })).toEqual([]);
    expect(offLanAddresses({})).toEqual([]);
  });
});
