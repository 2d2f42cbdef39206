import { SegmentedControl } from '@mantine/core';
import type { LiveDevice } from '../../../../common/model/live-device';
import { formatDistance, formatQuantity, MISSING } from '../../format/quantity';
import { formatDuration } from '../../format/time';
import { type TrackKind, useViewStore } from '../../stores/view-store';
import styles from './detail.module.css';
import { Fact, Section } from './section';

const KINDS: Array<{ value: TrackKind; label: string }> = [
  { value: 'clean', label: 'Clean' },
  { value: 'raw', label: 'Raw' },
];

/** How far the person came in this session, with or without the positions that are in doubt. */
export function TrackSection({ device }: { readonly device: LiveDevice }) {
  const kind = useViewStore((state) => state.trackKind);
  const setKind = useViewStore((state) => state.setTrackKind);
  const totals = device.track?.[kind] ?? null;
  return (
    <Section title="Track">
      <SegmentedControl
        size="xs"
        fullWidth
        mb={6}
        aria-label="Positions counted"
        data={KINDS}
        value={kind}
        onChange={setKind}
      />
      <dl className={styles.facts} data-testid="track">
        <Fact label="Distance">{totals ? formatDistance(totals.distanceM) : MISSING}</Fact>
        <Fact label="Moving">{totals ? formatDuration(totals.movingS * 1000) : MISSING}</Fact>
        <Fact label="Climb">{formatQuantity(totals?.climbM ?? null, 'm')}</Fact>
      </dl>
    </Section>
  );
}
