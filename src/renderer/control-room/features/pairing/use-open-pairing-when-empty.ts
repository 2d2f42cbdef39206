import { useEffect, useRef } from 'react';
import { useIsOperator } from '../../stores/connection-store';
import { useLiveStore } from '../../stores/live-store';
import { useViewStore } from '../../stores/view-store';

/** Opens the pairing dialog by itself when the control room comes up and nobody is there; once, not again. */
export function useOpenPairingWhenEmpty(): void {
  const isLoaded = useLiveStore((state) => state.isLoaded);
  const isOperator = useIsOperator();
  const wasAsked = useRef(false);
  useEffect(() => {
    if (!isLoaded || !isOperator || wasAsked.current) return;
    wasAsked.current = true;
    if (useLiveStore.getState().devices.size === 0) useViewStore.getState().open('pairing');
  }, [isLoaded, isOperator]);
}
