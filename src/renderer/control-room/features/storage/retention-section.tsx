import { Button, Group, NumberInput, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { RetentionPlan } from '../../../../common/contract/requests/storage';
import { askHub } from '../../connect/ask-hub';
import { formatBytes, formatCount } from '../../format/quantity';
import { formatMoment } from '../../format/time';
import { useClockStore } from '../../stores/clock-store';
import { sessionTitle } from '../../stores/session-store';
import { notifyFailure } from '../shell/notify';
import { eraseSessions } from './erase-sessions';
import { KEPT_ELSEWHERE } from './kept-elsewhere';
import styles from './storage.module.css';

const GB = 1e9;

/** Old sessions go when the operator says so, and sees before what that would be. */
export function RetentionSection({ onErased }: { readonly onErased: () => Promise<void> }) {
  const [days, setDays] = useState<number | string>(90);
  const [gigabytes, setGigabytes] = useState<number | string>('');
  const [plan, setPlan] = useState<RetentionPlan | null>(null);
  const change =
    (set: (value: number | string) => void) =>
    (value: number | string): void => {
      set(value);
      // It was the answer to other limits.
      setPlan(null);
    };
  const look = (event: FormEvent): void => {
    event.preventDefault();
    const maxAgeDays = typeof days === 'number' ? days : null;
    const maxBytes = typeof gigabytes === 'number' ? gigabytes * GB : null;
    askHub('storage.plan', { maxAgeDays, maxBytes }).then(
      (answer) => setPlan(answer.plan),
      (error: unknown) => notifyFailure('The sessions could not be looked through', error),
    );
  };
  return (
    <form onSubmit={look} className={styles.section}>
      <h3>Old sessions</h3>
      <Text size="sm" c="dimmed">
        Nothing goes by itself, and never the current session. See first what these limits would take.
      </Text>
      <Group align="flex-end" gap="xs">
        <NumberInput
          label="Ended more than"
          placeholder="no limit"
          suffix=" days ago"
          min={0}
          max={36_500}
          value={days}
          onChange={change(setDays)}
        />
        <NumberInput
          label="All sessions larger than"
          placeholder="no limit"
          suffix=" GB"
          min={0}
          decimalScale={1}
          value={gigabytes}
          onChange={change(setGigabytes)}
        />
        <Button type="submit" variant="default" disabled={days === '' && gigabytes === ''}>
          Show what would go
        </Button>
      </Group>
      {plan && (
        <Plan
          plan={plan}
          onDone={async () => {
            setPlan(null);
            await onErased();
          }}
        />
      )}
    </form>
  );
}

function Plan({ plan, onDone }: { readonly plan: RetentionPlan; readonly onDone: () => Promise<void> }) {
  const nowMs = useClockStore((state) => state.nowMs);
  const [isErasing, setIsErasing] = useState(false);
  const { sessions, frames, bytes } = plan;
  if (sessions.length === 0) return <Text size="sm">Nothing would go: no session is over these limits.</Text>;
  const count = sessions.length === 1 ? '1 session' : `${formatCount(sessions.length)} sessions`;
  const erase = async (): Promise<void> => {
    setIsErasing(true);
    await eraseSessions(sessions.map(({ sessionId, name }) => ({ sessionId, name })));
    await onDone();
  };
  return (
    <div className={styles.plan} data-testid="retention-plan">
      <strong>
        {count}, {framesWord(frames)}, {formatBytes(bytes)} would go.
      </strong>
      <ul>
        {sessions.map((session) => (
          <li key={session.sessionId}>
            {sessionTitle(session)}, ended {formatMoment(session.endedAtMs, nowMs)}, {formatBytes(session.bytes)}
          </li>
        ))}
      </ul>
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed">
          This can not be undone. {KEPT_ELSEWHERE}
        </Text>
        <Button size="xs" color="red.8" loading={isErasing} onClick={() => void erase()}>
          Delete {count}
        </Button>
      </Group>
    </div>
  );
}

const framesWord = (frames: number): string => (frames === 1 ? '1 frame' : `${formatCount(frames)} frames`);
