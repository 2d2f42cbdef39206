import { useEffect } from 'react';
import type { KeyInfo } from '../../../../common/model/key';
import { askHub } from '../../connect/ask-hub';
import { useConnectionStore } from '../../stores/connection-store';
import { useKeyStore } from '../../stores/key-store';
import { notifyFailure } from '../shell/notify';

/** How often uses are asked for again while somebody looks, ms: no event tells of them. */
const REFRESH_MS = 5_000;

/** All keys, kept up to date while the caller is shown; null while they load. */
export function useKeys(): readonly KeyInfo[] | null {
  const client = useConnectionStore((state) => state.client);
  const keys = useKeyStore((state) => state.keys);
  useEffect(() => {
    if (!client) return;
    const load = (): Promise<void> => askHub('key.list', {}).then(useKeyStore.getState().setList);
    load().catch((error: unknown) => notifyFailure('The keys could not be listed', error));
    // One that fails is followed by the next; that the link is down is said elsewhere.
    const timer = setInterval(() => void load().catch(() => undefined), REFRESH_MS);
    return () => clearInterval(timer);
  }, [client]);
  return keys;
}
