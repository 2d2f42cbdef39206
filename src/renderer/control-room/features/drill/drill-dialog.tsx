import { Modal, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { askHub } from '../../connect/ask-hub';
import { useConnectionStore } from '../../stores/connection-store';
import { isDrillOn, useDrillStore } from '../../stores/drill-store';
import { notifyFailure } from '../shell/notify';
import { DrillForm } from './drill-form';
import { DrillProgress } from './drill-progress';
import { DrillResult } from './drill-result';
import { PhonesWarning } from './phones-warning';

/** Simulated phones against a throw-away hub: what this laptop takes, before the team leaves. */
export function DrillDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useConnectionStore((state) => state.client);
  const drill = useDrillStore((state) => state.drill);
  useEffect(() => {
    if (!client) return;
    askHub('drill.get', {})
      .then(({ drill: last }) => useDrillStore.getState().setDrill(last))
      .catch((error: unknown) => notifyFailure('The last drill could not be read', error));
  }, [client]);
  return (
    <Modal opened onClose={onClose} title="Drill" size={640}>
      <Stack gap="md" data-testid="drill" data-state={drill?.state ?? 'none'}>
        <Text size="sm" c="dimmed">
          Simulated phones walk and send to a second hub on this laptop, which is thrown away after it. Nothing of it
          gets into the session. Closing this window does not stop a drill.
        </Text>
        <PhonesWarning />
        {drill && isDrillOn(drill) ? (
          <DrillProgress drill={drill} />
        ) : (
          <>
            {drill ? (
              <DrillResult drill={drill} />
            ) : (
              <Text size="sm">
                No drill has run yet. Find the capacity before the team leaves: it takes two minutes at most.
              </Text>
            )}
            <DrillForm />
          </>
        )}
      </Stack>
    </Modal>
  );
}
