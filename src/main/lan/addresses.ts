import type { NetworkInterfaceInfo } from 'node:os';
import type { NetworkAddress, NetworkAddressKind } from '../../common/model/network-address';
import { localName } from './host-check';
import { classifyInterface, scoreAddress } from './interface-kind';
import { plainAddress } from './ip-address';

/** What `os.networkInterfaces` gives. */
export type InterfaceTable = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** The IPv4 addresses of this laptop, the one most likely to be reached by phones first. */
export function rankAddresses(table: InterfaceTable): readonly NetworkAddress[] {
  const addresses = Object.entries(table).flatMap(([interfaceName, infos]) =>
    (infos ?? [])
      .filter((info) => info.family === 'IPv4')
      .map(({ address }): NetworkAddress => {
        const kind = classifyInterface(interfaceName, address);
        return { address, interfaceName, kind, score: scoreAddress(kind, address) };
      }),
  );
  return addresses.sort((a, b) => b.score - a.score || a.interfaceName.localeCompare(b.interfaceName));
}

/**
 * What phones may dial: addresses first, names after them, since not every phone can look one up.
 * @param secureHost the name that the secure page needs; null: none
 * @param isVouchedFor the certificate holds for this name of the laptop
 */
export function offeredAddresses(
  ranked: readonly NetworkAddress[],
  secureHost: string | null,
  isVouchedFor: (name: string) => boolean,
): readonly NetworkAddress[] {
  const local = localName();
  const isLocalGood = local !== null && isVouchedFor(local);
  const names = [secureHost, isLocalGood ? local : null].filter((name) => name !== null);
  return [
    ...ranked,
    ...[...new Set(names)].map(
      (name): NetworkAddress => ({ address: name, interfaceName: '', kind: 'name', score: 0 }),
    ),
  ];
}

/** Every address of this laptop, both families, loopback too. */
export function allAddresses(table: InterfaceTable): readonly string[] {
  const addresses = Object.values(table).flatMap((infos) => (infos ?? []).map((info) => plainAddress(info.address)));
  return [...new Set(['127.0.0.1', '::1', ...addresses])];
}

const OFF_LAN: readonly NetworkAddressKind[] = ['vpn', 'virtual'];
const NOWHERE: readonly NetworkAddressKind[] = [...OFF_LAN, 'link-local', 'loopback'];

/** See Lan.offLan. */
export function offLanAddresses(table: InterfaceTable): readonly string[] {
  const ranked = rankAddresses(table);
  if (ranked.every(({ kind }) => NOWHERE.includes(kind))) return [];
  return Object.entries(table).flatMap(([name, infos = []]) => {
    // What an interface is may show in its IPv4 address alone; its IPv6 addresses go the same way.
    const kinds = ranked.filter(({ interfaceName }) => interfaceName === name).map(({ kind }) => kind);
    const known = kinds.length > 0 || infos.some(({ internal }) => internal) ? kinds : [classifyInterface(name, '')];
    return known.some((kind) => OFF_LAN.includes(kind)) ? infos.map(({ address }) => plainAddress(address)) : [];
  });
}
