import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import type { Drill } from '../../../../common/model/drill';
import { askHub } from '../../connect/ask-hub';
import { formatCount, MISSING } from '../../format/quantity';
import { formatDelay } from '../../format/time';
import { notifyFailure } from '../shell/notify';
import styles from './drill.module.css';
import { DrillSteps } from './drill-steps';

/** A drill on its way, as of this second. */
export function DrillProgress({ drill }: { readonly drill: Drill }) {
  const stop = (): void => {
    askHub('drill.stop', {}).catch((error: unknown) => notifyFailure('The drill was not stopped', error));
  };
  return (
    <Stack gap="sm" role="status">
      <Group justify="space-between">
        <Text fw={600}>{headline(drill)}</Text>
        <Button
          size="xs"
          variant="default"
          disabled={drill.state === 'stopping'}
          leftSection={<IconPlayerStop size={15} aria-hidden />}
          onClick={stop}
        >
          Stop drill
        </Button>
      </Group>
      <Progress
        value={Math.min(100, (100 * drill.elapsedS) / drill.seconds)}
        animated
        aria-label={drill.mode === 'capacity' ? 'Progress of this step' : 'Progress of the drill'}
      />
      <DrillFigures drill={drill} />
      <DrillSteps steps={drill.steps} />
    </Stack>
  );
}

function headline({ state, mode, phones, elapsedS, seconds }: Drill): string {
  if (state === 'starting') return 'A hub to drill against is being opened…';
  if (state === 'stopping') return 'Stopping: the last acks are waited for…';
  if (mode === 'capacity') return phones === 0 ? 'The first phones come…' : `${formatCount(phones)} phones`;
  if (elapsedS >= seconds) return 'The last acks are waited for…';
  return `${formatCount(phones)} phones, ${Math.round(elapsedS)} of ${Math.round(seconds)} s`;
}

/** What was counted. */
export function DrillFigures({ drill }: { readonly drill: Drill }) {
  const { connected, sent, acked, lost, p50Ms, p99Ms } = drill;
  const delay = (ms: number | null): string => (ms === null ? MISSING : formatDelay(ms));
  const figures: readonly (readonly [string, string])[] = [
    ['Connected', formatCount(connected)],
    ['Frames sent', formatCount(sent)],
    ['Acked', formatCount(acked)],
    ['No answer', formatCount(lost)],
    ['Ack, half within', delay(p50Ms)],
    ['Ack, 99 % within', delay(p99Ms)],
  ];
  return (
    <dl className={styles.figures}>
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
