import type { NetworkAddressKind } from '../../common/model/network-address';
import { isInSubnet, isLoopbackAddress } from './ip-address';

/** Bridges and adapters of containers and virtual machines, as Linux, macOS and Windows name them. */
const VIRTUAL_NAME =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|podman|cni|flannel|cali|kube|nerdctl|dummy|ifb|bridge\d|awdl|llw|anpi|vethernet|virtualbox|vmware|hyper-v|loopback pseudo|zen0)/i;
const VPN_NAME =
  /^(utun|tun|tap|tailscale|wg|ppp|ipsec|zt|nordlynx|proton|wireguard|openvpn|zerotier|mullvad|cscotun|gpd)|vpn|tap-windows/i;
const WIFI_NAME = /^(wl|wifi|wi-fi|ath\d|ra\d|en0$|drahtlos|wireless|airport)/i;
const ETHERNET_NAME = /^(eth|en[ospx]|en\d|em\d|ethernet|local area connection( \d+)?$|lan)/i;
/** `Local Area Connection* 10`: Windows' Wi-Fi Direct adapter, which is its mobile hotspot. */
const HOTSPOT_NAME = /^(ap\d|swlan|uap\d|p2p|local area connection\*|lan-verbindung\*)/i;

/** Subnets that systems give to a hotspot of their own making. */
const HOTSPOT_SUBNETS = [
  '192.168.137.0/24', // Windows
  '172.20.10.0/28', // iOS
  '192.168.43.0/24', // Android
  '192.168.49.0/24', // Android, Wi-Fi Direct
  '10.42.0.0/24', // NetworkManager
];
const MACOS_SHARING_SUBNET = '192.168.2.0/24';
const VIRTUALBOX_HOST_ONLY_SUBNET = '192.168.56.0/24';
/** RFC 6598: carriers and Tailscale. */
const SHARED_SUBNET = '100.64.0.0/10';
const LINK_LOCAL_SUBNET = '169.254.0.0/16';
/** RFC 1918. */
const PRIVATE_SUBNETS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** 0 to 100, see NetworkAddress.score. A hotspot exists for the phones' sake, so it comes first. */
const SCORES: Record<NetworkAddressKind, number> = {
  hotspot: 95,
  wifi: 90,
  ethernet: 80,
  lan: 60,
  vpn: 20,
  virtual: 10,
  'link-local': 5,
  loopback: 0,
};
/** Taken from an address that is not private: phones seldom share a public subnet with a laptop. */
const PUBLIC_PENALTY = 15;

/** What an interface is, by its name and IPv4 address: the system tells nothing else. */
export function classifyInterface(name: string, address: string): NetworkAddressKind {
  if (isLoopbackAddress(address)) return 'loopback';
  if (isInSubnet(address, LINK_LOCAL_SUBNET)) return 'link-local';
  // macOS makes bridge100 for Internet Sharing and for virtual machines; only the subnet tells them apart.
  if (/^bridge\d/.test(name) && isInSubnet(address, MACOS_SHARING_SUBNET)) return 'hotspot';
  // Names before hotspot subnets: Kubernetes' cni0 uses 10.42.0.0/24 too.
  if (VIRTUAL_NAME.test(name)) return 'virtual';
  if (VPN_NAME.test(name) || isInSubnet(address, SHARED_SUBNET)) return 'vpn';
  if (HOTSPOT_NAME.test(name) || HOTSPOT_SUBNETS.some((subnet) => isInSubnet(address, subnet))) return 'hotspot';
  // Windows calls VirtualBox's adapter "Ethernet 2".
  if (isInSubnet(address, VIRTUALBOX_HOST_ONLY_SUBNET)) return 'virtual';
  if (WIFI_NAME.test(name)) return 'wifi';
  if (ETHERNET_NAME.test(name)) return 'ethernet';
  return 'lan';
}

/** See NetworkAddress.score. */
export function scoreAddress(kind: NetworkAddressKind, address: string): number {
  const isReachable = kind === 'wifi' || kind === 'ethernet' || kind === 'lan';
  const isPrivate = PRIVATE_SUBNETS.some((subnet) => isInSubnet(address, subnet));
  return isReachable && !isPrivate ? SCORES[kind] - PUBLIC_PENALTY : SCORES[kind];
}
