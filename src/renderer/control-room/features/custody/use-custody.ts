import { useEffect, useState } from 'react';
import type { Custody } from '../../../../common/model/custody';
import { useConnectionStore } from '../../stores/connection-store';

/** Holes are looked for in the log: often enough to watch a backlog come in, too seldom to matter to the disk. */
const EVERY_MS = 5_000;

/** What came of a device's frames in the current session, renewed while shown; null until the hub told. */
export function useCustody(deviceId: string): Custody | null {
  const client = useConnectionStore((state) => state.client);
  const [custody, setCustody] = useState<Custody | null>(null);
  useEffect(() => {
    if (!client) return;
    let isGone = false;
    const load = (): void => {
      client.request('device.custody', { deviceId }).then(
        (answer) => {
          if (!isGone) setCustody(answer.custody);
        },
        // The link is shown elsewhere; what was last known stays.
        () => undefined,
      );
    };
    load();
    const timer = setInterval(load, EVERY_MS);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [client, deviceId]);
  return custody;
}
