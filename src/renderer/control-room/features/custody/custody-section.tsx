import { type Custody, LATE_AFTER_MS } from '../../../../common/model/custody';
import type { LiveDevice } from '../../../../common/model/live-device';
import { formatBytes, formatCount, MISSING } from '../../format/quantity';
import { formatDelay } from '../../format/time';
import { Fact, Section } from '../detail/section';
import styles from './custody.module.css';
import { custodySentence, nameRanges, refusedOf, refusedWords, waitingOf } from './custody-sentence';
import { useCustody } from './use-custody';

/** Ranges listed below the facts; the certificate has them all. */
const LISTED_RANGES = 24;

/** Whether everything this person's phone captured has arrived, and what came of each frame. */
export function CustodySection({ device }: { readonly device: LiveDevice }) {
  const custody = useCustody(device.deviceId);
  return (
    <Section title="Custody">
      {custody === null ? (
        <p className={styles.note}>Counting…</p>
      ) : (
        <CustodyFacts custody={custody} queued={device.queued} />
      )}
    </Section>
  );
}

function CustodyFacts({ custody, queued }: { readonly custody: Custody; readonly queued: number | null }) {
  const { tone, text } = custodySentence(custody, queued);
  const ranges = custody.holes.flatMap((hole) => hole.ranges);
  const { captured } = custody;
  return (
    <div data-testid="custody">
      <p className={styles.sentence} data-tone={tone} data-testid="custody-sentence">
        {text}
      </p>
      <dl className={styles.facts}>
        <Fact label="Captured">{captured === null ? MISSING : formatCount(captured)}</Fact>
        <Fact label="Received">{formatCount(custody.received)}</Fact>
        <Fact label="Stored">{formatCount(custody.stored)}</Fact>
        <Fact label="On the phone">{queued === null ? MISSING : formatCount(waitingOf(custody, queued))}</Fact>
        <Fact label="Missing">{formatCount(custody.missing)}</Fact>
        {custody.beforeFirst > 0 && <Fact label="Before the first">{formatCount(custody.beforeFirst)}</Fact>}
        <Fact label="Came twice">{formatCount(custody.duplicate)}</Fact>
        <Fact label="Given up">{formatCount(custody.dropped)}</Fact>
        <Fact label={`Late (over ${LATE_AFTER_MS / 1000} s)`}>{formatCount(custody.late)}</Fact>
        <Fact label="Size">{formatBytes(custody.bytes)}</Fact>
        <Fact label="Refused" wide={refusedOf(custody) > 0}>
          {refusedWords(custody)}
        </Fact>
        <Fact label="Delay: half, 95%, all within" wide>
          {delayWords(custody)}
        </Fact>
      </dl>
      {ranges.length > 0 && (
        <p className={styles.ranges}>
          Missing numbers: <span data-testid="missing-ranges">{nameRanges(ranges, LISTED_RANGES)}</span>
        </p>
      )}
    </div>
  );
}

function delayWords({ delay }: Custody): string {
  if (!delay) return MISSING;
  return [delay.p50Ms, delay.p95Ms, delay.maxMs].map(formatDelay).join(', ');
}
