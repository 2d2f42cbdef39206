import { useEffect } from 'react';
import { useLiveStore } from '../../stores/live-store';
import { type PersonWord, useWordStore } from '../../stores/word-store';
import { notifyDone } from '../shell/notify';

/** Tells what people write and answer, wherever the operator is looking. That a message was read is told in the details. */
export function useWordNotices(): void {
  useEffect(
    () =>
      useWordStore.subscribe(({ words }, before) => {
        for (const [deviceId, [newest]] of words) {
          if (newest && newest !== before.words.get(deviceId)?.[0]) tell(newest);
        }
      }),
    [],
  );
}

function tell({ deviceId, kind, text }: PersonWord): void {
  if (kind === 'read') return;
  const name = useLiveStore.getState().devices.get(deviceId)?.name ?? 'Somebody';
  notifyDone(kind === 'reply' ? `${name} answers` : `${name} writes`, text ?? '');
}
