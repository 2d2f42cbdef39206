import type { Pairing } from '../../../../common/contract/schemas';

/** What may be in the way, each in a sentence, the likeliest first; of what can be known only what holds. */
export function troublesOf(pairing: Pairing, hasReached: boolean): readonly string[] {
  return hasReached ? afterReach(pairing) : beforeReach(pairing);
}

/** Nothing came to this laptop at all: the network is in the way. */
function beforeReach({ choices, selectedAddress, httpPort, tlsPort }: Pairing): readonly string[] {
  const kind = choices.find(({ address }) => address === selectedAddress)?.kind;
  const ports = tlsPort === null ? `port ${httpPort}` : `ports ${httpPort} and ${tlsPort}`;
  const troubles: string[] = [];
  if (choices.length === 0 || kind === 'loopback') {
    return ['This laptop is in no network: connect it to the WiFi, or open its hotspot.'];
  }
  if (kind === 'vpn' || kind === 'virtual') {
    troubles.push('The address in the code belongs to a VPN or a virtual network, which phones do not reach.');
  }
  if (kind === 'link-local') troubles.push('The network gave this laptop no address: connect it to the WiFi anew.');
  troubles.push(
    'Phone and laptop are in the same WiFi, and the phone stays in it although it has no internet.',
    'It is not a guest network: those keep devices apart. A phone’s hotspot works too.',
    `The laptop’s firewall lets ${ports} in, in this network.`,
    'VPN and mobile data on the phone are off.',
  );
  if (choices.filter((choice) => choice.kind !== 'name').length > 1)
    troubles.push('The address in the code is the one of that network: try another.');
  return troubles;
}

/** A phone got to this laptop and went no further: it stands on one of the pages. */
function afterReach({ httpPort, tlsPort, caFingerprint, secureReach }: Pairing): readonly string[] {
  const troubles: string[] = [];
  if (tlsPort === null) troubles.push('The hub runs without TLS: phones then give no position, camera or motion.');
  if (tlsPort !== null && secureReach === 'never') {
    troubles.push(
      `The guide was reached on port ${httpPort}, but nothing has come to port ${tlsPort}: the laptop’s firewall must let that in too.`,
    );
  }
  if (caFingerprint !== null) {
    troubles.push('On an iPhone the certificate must be installed and then switched on: the phone’s page says where.');
  }
  troubles.push(
    'Look at the phone: its page says what it waits for, and Start has to be tapped there.',
    'An old link or poster holds a key that was replaced: scan the code on this screen.',
  );
  return troubles;
}
