import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { formatCount } from '../../format/quantity';
import { formatMoment } from '../../format/time';
import { useClockStore } from '../../stores/clock-store';
import { sessionTitle, useSessionStore } from '../../stores/session-store';
import { eraseSessions } from './erase-sessions';
import { KEPT_ELSEWHERE } from './kept-elsewhere';
import styles from './storage.module.css';

/** One session goes for good, after its name was typed. */
export function EraseSection({ onErased }: { readonly onErased: () => Promise<void> }) {
  const all = useSessionStore((state) => state.all);
  const nowMs = useClockStore((state) => state.nowMs);
  const [sessionId, setSessionId] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [isErasing, setIsErasing] = useState(false);
  const past = (all ?? []).filter(({ endedAtMs }) => endedAtMs !== null);
  const chosen = past.find((session) => session.sessionId === sessionId);
  const erase = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!chosen) return;
    setIsErasing(true);
    // One without a name is called something here that the hub does not know.
    await eraseSessions([{ sessionId: chosen.sessionId, name: chosen.name === '' ? '' : typed }]);
    await onErased();
    setIsErasing(false);
    setSessionId(null);
    setTyped('');
  };
  return (
    <form onSubmit={(event) => void erase(event)} className={styles.section}>
      <h3>Delete one session</h3>
      <Text size="sm" c="dimmed">
        {KEPT_ELSEWHERE}
      </Text>
      {past.length === 0 ? (
        <Text size="sm" c="dimmed">
          No session has ended yet. Stop the current one first.
        </Text>
      ) : (
        <Group align="flex-end" gap="xs">
          <Select
            label="Session"
            placeholder="Choose one"
            searchable
            style={{ flex: 1 }}
            value={sessionId}
            onChange={(next) => {
              setSessionId(next);
              setTyped('');
            }}
            data={past.map((session) => ({
              value: session.sessionId,
              label: `${sessionTitle(session)}, ${formatMoment(session.startedAtMs, nowMs)}, ${formatCount(session.frames)} frames`,
            }))}
          />
          {chosen && (
            <>
              <TextInput
                label={`Type “${sessionTitle(chosen)}”`}
                autoComplete="off"
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
              <Button type="submit" color="red.8" loading={isErasing} disabled={typed.trim() !== sessionTitle(chosen)}>
                Delete for good
              </Button>
            </>
          )}
        </Group>
      )}
    </form>
  );
}
