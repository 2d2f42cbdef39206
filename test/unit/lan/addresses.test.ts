import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { NetworkAddressKind } from '../../../src/common/model/network-address';
import { allAddresses, rankAddresses } from '../../../src/main/lan/addresses';
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
    ['usb0', '192.168.42.129', 'lan'],
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

  it('answers to every address, of both families, and to loopback even when the system lists none', () => {
    expect(allAddresses(laptop)).toEqual(expect.arrayContaining(['2001:db8::5', 'fe80::1', '172.17.0.1']));
    expect(allAddresses({})).toEqual(['127.0.0.1', '::1']);
  });
});
