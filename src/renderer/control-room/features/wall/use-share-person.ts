import { useComputedColorScheme } from '@mantine/core';
import type { LiveDevice } from '../../../../common/model/live-device';
import { personOf, useLiveStore } from '../../stores/live-store';
import type { ShareView } from '../../stores/share-store';
import { personColour } from '../../theme/person-colour';
import { nameOf } from './share-words';

/** Whose share it is: the person as the rest of the control room shows them, or what the sender calls itself. */
export interface SharePerson {
  readonly name: string;
  /** CSS colour; that of nobody where no phone of ours shares. */
  readonly colour: string;
  readonly device: LiveDevice | null;
}

export function useSharePerson(share: ShareView): SharePerson {
  const scheme = useComputedColorScheme('light');
  const device = useLiveStore(({ devices }) => personOf(devices, share.deviceId));
  return {
    name: device?.name ?? nameOf(share),
    colour: device ? personColour(device.colour)[scheme] : 'var(--perch-faint)',
    device,
  };
}
