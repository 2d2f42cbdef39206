import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useLiveStore } from '../../stores/live-store';

/** A drill takes what the phones that are real may need. */
export function PhonesWarning() {
  const online = useLiveStore((state) => [...state.devices.values()].filter((device) => device.isOnline).length);
  if (online === 0) return null;
  return (
    <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />} p="xs">
      {online === 1 ? 'A phone is' : `${online} phones are`} connected. A drill takes processor time and disk from them:
      better before the team leaves.
    </Alert>
  );
}
