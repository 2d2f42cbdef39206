import { Loader, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Recording } from '../../../../common/model/recording';
import { askHub, sentenceOf } from '../../connect/ask-hub';
import { formatBytes } from '../../format/quantity';
import { formatMoment } from '../../format/time';
import { useClockStore } from '../../stores/clock-store';
import { clockCaptions } from './clock-captions';
import styles from './recordings.module.css';

type Opened = { readonly path: string; readonly captions: string } | { readonly trouble: string } | null;

/** Plays a recording from the hub, which sends the parts that are asked for: one can seek in it. */
export function Player({ recording }: { readonly recording: Recording }) {
  const { recordingId, name, startedAtMs, durationMs, bytes } = recording;
  const nowMs = useClockStore((state) => state.nowMs);
  const [opened, setOpened] = useState<Opened>(null);
  useEffect(() => {
    const captions = URL.createObjectURL(new Blob([clockCaptions(startedAtMs, durationMs ?? 0)], { type: 'text/vtt' }));
    askHub('recording.open', { recordingId }).then(
      ({ path }) => setOpened({ path, captions }),
      (error: unknown) => setOpened({ trouble: sentenceOf(error) }),
    );
    return () => URL.revokeObjectURL(captions);
  }, [recordingId, startedAtMs, durationMs]);
  if (opened === null) return <Loader size="sm" m="xl" />;
  if ('trouble' in opened) return <Text size="sm">{opened.trouble}</Text>;
  return (
    <>
      <video
        className={styles.player}
        src={opened.path}
        aria-label={`Recording of ${name}`}
        data-testid="player"
        controls
        autoPlay
        onError={() => setOpened({ trouble: 'It cannot be played: the link is too old, or the hub is out of reach.' })}
      >
        <track kind="captions" label="Time of day" src={opened.captions} />
      </video>
      <Text size="xs" c="dimmed" mt={6}>
        {formatMoment(startedAtMs, nowMs)} · {formatBytes(bytes)}
      </Text>
    </>
  );
}
