import { useEffect, useState } from 'react';
import type { WifiNetwork } from '../../../../common/model/wifi-network';
import { askHub } from '../../connect/ask-hub';
import { useConnectionStore } from '../../stores/connection-store';
import { notifyFailure } from '../shell/notify';

interface KeptWifi {
  /** null: nobody typed it yet. */
  readonly wifi: WifiNetwork | null;
  readonly isLoaded: boolean;
  readonly keep: (wifi: WifiNetwork | null) => void;
}

/** The WiFi that the hub keeps for the poster. */
export function useWifi(): KeptWifi {
  const client = useConnectionStore((state) => state.client);
  const [kept, setKept] = useState<{ readonly wifi: WifiNetwork | null; readonly isLoaded: boolean }>({
    wifi: null,
    isLoaded: false,
  });
  useEffect(() => {
    if (!client) return;
    askHub('wifi.get', {}).then(
      ({ wifi }) => setKept({ wifi, isLoaded: true }),
      (error: unknown) => notifyFailure('The WiFi could not be read', error),
    );
  }, [client]);
  const keep = (wifi: WifiNetwork | null): void => {
    askHub('wifi.set', { wifi }).then(
      () => setKept({ wifi, isLoaded: true }),
      (error: unknown) => notifyFailure('The WiFi was not kept', error),
    );
  };
  return { ...kept, keep };
}
