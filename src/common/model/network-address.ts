/**
 * What an address is good for, best first: `lan` reaches phones, `vpn` and `virtual` rarely do, `loopback` never. A `name`
 * reaches those that can look it up.
 */
export type NetworkAddressKind =
  | 'wifi'
  | 'ethernet'
  | 'hotspot'
  | 'lan'
  | 'vpn'
  | 'virtual'
  | 'link-local'
  | 'loopback'
  | 'name';

/** One address of this laptop under which a phone might reach it. */
export interface NetworkAddress {
  /** IPv4 in dotted form, or a host name. */
  readonly address: string;
  /** The system's name of the interface, such as `wlan0` or `Wi-Fi`; empty of a host name. */
  readonly interfaceName: string;
  readonly kind: NetworkAddressKind;
  /** 0 to 100: how likely a phone on the team's WiFi reaches it. The list is sorted by it, falling. */
  readonly score: number;
}
