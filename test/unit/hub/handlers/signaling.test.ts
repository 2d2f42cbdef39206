import { expect, test } from 'vitest';
import type { NetworkAddress, NetworkAddressKind } from '../../../../src/common/model/network-address';
import { offLan } from '../../../../src/main/hub/handlers/signaling';

const at = (kind: NetworkAddressKind): NetworkAddress => ({ address: kind, interfaceName: kind, kind, score: 0 });

test.each<[readonly NetworkAddressKind[], readonly NetworkAddressKind[]]>([
  [
    ['wifi', 'vpn', 'virtual', 'loopback'],
    ['vpn', 'virtual'],
  ],
  [['hotspot', 'ethernet', 'lan', 'link-local'], []],
  // Nothing better: then these are what there is.
  [['vpn', 'virtual', 'link-local', 'loopback'], []],
  [[], []],
])('of %j these are not for phones: %j', (kinds, expected) => {
  expect(offLan(kinds.map(at))).toEqual(expected);
});
