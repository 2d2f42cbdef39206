import type { NetworkAddressKind } from '../../common/model/network-address';
import { isInSubnet, isLoopbackAddress } from './ip-address';

/** Bridges and adapters of containers and virtual machines, as Linux, macOS and Windows name them. */
const VIRTUAL_NAME =
  /^(docker|br-(?!lan|wan)|veth|virbr|vmnet|vboxnet|lxc|lxd|podman|cni|flannel|cali|kube|nerdctl|dummy|ifb|bridge1\d\d|awdl|llw|anpi|vethernet|virtualbox|vmware|hyper-v|loopback pseudo|zen0)/i;
const VPN_NAME =
  /^(utun|tun|tap|tailscale|wg|ppp|ipsec|vti|zt|feth|ham\d|hamachi|nebula|nordlynx|proton|wireguard|openvpn|outline|zerotier|mullvad|cscotun|gpd|cloudflare)|vpn|tap-windows|warp/i;
/** What Windows and the drivers call WiFi, in the languages there are, without accents. */
const WIFI_NAME =
  /^(wl|wifi|wi-fi|ath\d|ra\d|en0$|airport)|wireless|drahtlos|inalambric|sans fil|senza fili|sem fio|draadlo|tradlos|tradløs|bezprzewod|bezdrat|беспровод|kablosuz|无线|無線|ワイヤレス|무선/i;
const ETHERNET_NAME =
  /^(eth|en[ospx]|en\d|em\d|lan)|local area connection|area local|reseau local|rete locale|conexao local|lokalne|локальн|以太网|本地连接|乙太網路|區域連線|イーサネット|ローカル エリア|이더넷|로컬 영역/i;
/** `Local Area Connection* 10`, in any language: Windows' Wi-Fi Direct adapter, which is its mobile hotspot. */
const HOTSPOT_NAME = /^(ap\d|swlan|uap\d|p2p)|\* ?\d*$/i;
/** A phone on a cable: Linux, and Windows when it names the adapter by its driver. */
const CABLE_NAME = /^(usb\d|rndis|remote ndis)/i;

/** Subnets that systems give to a hotspot of their own making. */
const HOTSPOT_SUBNETS = [
  '192.168.137.0/24', // Windows
  '172.20.10.0/28', // iOS
  '192.168.43.0/24', // Android
  '192.168.49.0/24', // Android, Wi-Fi Direct
  '10.42.0.0/24', // NetworkManager
];
/** Of these, the ones that phones make: over a cable nobody else is in them. */
const PHONE_SUBNETS = ['172.20.10.0/28', '192.168.42.0/24', '192.168.43.0/24', '192.168.49.0/24'];
/** The first, and the next when that one is taken. */
const MACOS_SHARING_SUBNETS = ['192.168.2.0/24', '192.168.3.0/24'];
const VIRTUALBOX_HOST_ONLY_SUBNET = '192.168.56.0/24';
/** RFC 6598: carriers and Tailscale. */
const SHARED_SUBNET = '100.64.0.0/10';
/** Hamachi's, which belongs to a ministry that routes none of it. */
const HAMACHI_SUBNET = '25.0.0.0/8';
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
  name: 0,
};
/** Taken from an address that is not private: phones seldom share a public subnet with a laptop. */
const PUBLIC_PENALTY = 15;

/** What an interface is, by its name and IPv4 address: the system tells nothing else. */
export function classifyInterface(interfaceName: string, address: string): NetworkAddressKind {
  const name = withoutAccents(interfaceName);
  const isIn = (subnets: readonly string[]): boolean => subnets.some((subnet) => isInSubnet(address, subnet));
  if (isLoopbackAddress(address)) return 'loopback';
  if (isInSubnet(address, LINK_LOCAL_SUBNET)) return 'link-local';
  // macOS makes bridge100 for Internet Sharing and for virtual machines; only the subnet tells them apart.
  if (/^bridge1\d\d$/.test(name) && isIn(MACOS_SHARING_SUBNETS)) return 'hotspot';
  // Names before hotspot subnets: Kubernetes' cni0 uses 10.42.0.0/24 too.
  if (VIRTUAL_NAME.test(name)) return 'virtual';
  if (VPN_NAME.test(name) || isIn([SHARED_SUBNET, HAMACHI_SUBNET])) return 'vpn';
  const isWifi = WIFI_NAME.test(name);
  const isCable = CABLE_NAME.test(name) || (!isWifi && ETHERNET_NAME.test(name));
  // That phone alone reaches it; so it comes after a WiFi that others are in.
  if (isCable && isIn(PHONE_SUBNETS)) return 'lan';
  if (HOTSPOT_NAME.test(name) || isIn(HOTSPOT_SUBNETS)) return 'hotspot';
  // Windows calls VirtualBox's adapter "Ethernet 2".
  if (isInSubnet(address, VIRTUALBOX_HOST_ONLY_SUBNET)) return 'virtual';
  if (isWifi) return 'wifi';
  return ETHERNET_NAME.test(name) ? 'ethernet' : 'lan';
}

const withoutAccents = (name: string): string => name.normalize('NFD').replaceAll(/\p{M}/gu, '').normalize('NFC');

/** See NetworkAddress.score. */
export function scoreAddress(kind: NetworkAddressKind, address: string): number {
  const isReachable = kind === 'wifi' || kind === 'ethernet' || kind === 'lan';
  const isPrivate = PRIVATE_SUBNETS.some((subnet) => isInSubnet(address, subnet));
  return isReachable && !isPrivate ? SCORES[kind] - PUBLIC_PENALTY : SCORES[kind];
}
