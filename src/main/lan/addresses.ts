import type { NetworkInterfaceInfo } from 'node:os';
import type { NetworkAddress } from '../../common/model/network-address';
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

/** Every address of this laptop, both families, loopback too. */
export function allAddresses(table: InterfaceTable): readonly string[] {
  const addresses = Object.values(table).flatMap((infos) => (infos ?? []).map((info) => plainAddress(info.address)));
  return [...new Set(['127.0.0.1', '::1', ...addresses])];
}
