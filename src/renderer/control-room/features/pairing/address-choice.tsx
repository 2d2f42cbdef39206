import { Chip, Group, Text } from '@mantine/core';
import type { Pairing } from '../../../../common/contract/schemas';
import type { NetworkAddressKind } from '../../../../common/model/network-address';
import { askHub } from '../../connect/ask-hub';
import { usePairingStore } from '../../stores/pairing-store';
import { notifyFailure } from '../shell/notify';
import styles from './pairing.module.css';

const KIND_WORD: Record<NetworkAddressKind, string> = {
  wifi: 'Wi-Fi',
  ethernet: 'Ethernet',
  hotspot: 'Hotspot',
  lan: 'Network',
  vpn: 'VPN',
  virtual: 'Virtual',
  'link-local': 'Link-local',
  loopback: 'This laptop only',
  name: 'Name',
};

/** Which of the laptop's addresses is in the code: named, with the others one click away. */
export function AddressChoice({ pairing }: { readonly pairing: Pairing }) {
  const { choices, selectedAddress } = pairing;
  const selected = choices.find((choice) => choice.address === selectedAddress);
  const select = (address: string): void => {
    askHub('pairing.selectAddress', { address })
      .then(usePairingStore.getState().setPairing)
      .catch((error: unknown) => notifyFailure('The address was not changed', error));
  };
  return (
    <div className={styles.addresses}>
      <Text size="sm">
        The code leads to <strong>{selected ? nameOf(selected.kind, selectedAddress) : selectedAddress}</strong>
      </Text>
      {choices.length > 1 && (
        <>
          <Chip.Group value={selectedAddress} onChange={(value) => select(String(value))}>
            <Group gap={6}>
              {choices.map(({ address, kind, interfaceName }) => (
                <Chip key={address} value={address} size="xs" color="accent" autoContrast title={interfaceName}>
                  {nameOf(kind, address)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <Text size="xs" c="dimmed">
            Choose the one on the network the phones are in. iPhones can look up a name, many Android phones can not.
          </Text>
        </>
      )}
    </div>
  );
}

function nameOf(kind: NetworkAddressKind, address: string): string {
  return `${KIND_WORD[kind]} ${address}`;
}
