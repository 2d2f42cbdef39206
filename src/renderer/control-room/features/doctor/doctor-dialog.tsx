import { Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useCallback, useEffect } from 'react';
import { askHub } from '../../connect/ask-hub';
import { useConnectionStore } from '../../stores/connection-store';
import { useDoctorStore } from '../../stores/doctor-store';
import { notifyFailure } from '../shell/notify';
import classes from './doctor.module.css';
import { DoctorRung } from './doctor-rung';
import { summaryOf } from './doctor-summary';

async function runDoctor(): Promise<void> {
  const { begin, end, isRunning } = useDoctorStore.getState();
  if (isRunning) return;
  begin();
  try {
    const { checks } = await askHub('doctor.run', {});
    end(checks);
  } catch (error) {
    end(null);
    notifyFailure('The doctor could not finish', error);
  }
}

/** Everything between this laptop and a phone, rung by rung: a tick, or one sentence and one button. */
export function DoctorDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useConnectionStore((state) => state.client);
  const { checks, isRunning } = useDoctorStore();
  const again = useCallback(() => void runDoctor(), []);
  useEffect(() => {
    if (client) void runDoctor();
  }, [client]);
  return (
    <Modal opened onClose={onClose} title="Doctor" size={680}>
      <Stack gap="md" data-testid="doctor" data-state={isRunning ? 'running' : 'done'}>
        <Group justify="space-between" wrap="nowrap" align="center">
          <Group gap="xs" wrap="nowrap" role="status" data-testid="doctor-summary">
            {isRunning && <Loader size={16} aria-hidden />}
            <Text size="sm" fw={600}>
              {isRunning ? 'Looking…' : summaryOf(checks)}
            </Text>
          </Group>
          <Button
            size="xs"
            variant="default"
            disabled={isRunning || !client}
            leftSection={<IconRefresh size={14} aria-hidden />}
            onClick={again}
          >
            Check again
          </Button>
        </Group>
        <ol className={classes.ladder}>
          {checks.map((check) => (
            <DoctorRung key={check.id} check={check} onAgain={again} />
          ))}
        </ol>
        <Text size="xs" c="dimmed">
          This is the laptop’s side. The page on each phone checks its own.
        </Text>
      </Stack>
    </Modal>
  );
}
