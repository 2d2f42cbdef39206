import type { ReactNode } from 'react';
import { formatAge } from '../../format/time';
import { useClockStore } from '../../stores/clock-store';
import { STALE_AFTER_MS } from '../../stores/presence';
import styles from './detail.module.css';

interface SectionProps {
  readonly title: string;
  /** When its reading was true, hub time; undefined for what has no age. null: there is none yet. */
  readonly atMs?: number | null;
  /** True for what comes now and then, such as photos: an old one is no sign of trouble. */
  readonly isOccasional?: boolean;
  readonly children: ReactNode;
}

/** A group of facts under a title, with the age of the reading they come from. */
export function Section({ title, atMs, isOccasional = false, children }: SectionProps) {
  return (
    <section className={styles.section}>
      <h3>
        {title}
        {atMs !== undefined && <Age atMs={atMs} isOccasional={isOccasional} />}
      </h3>
      {children}
    </section>
  );
}

function Age({ atMs, isOccasional }: { readonly atMs: number | null; readonly isOccasional: boolean }) {
  const nowMs = useClockStore((state) => state.nowMs);
  if (atMs === null) return <span className={styles.age}>not sent</span>;
  return (
    <span
      className={styles.age}
      data-is-old={!isOccasional && nowMs - atMs > STALE_AFTER_MS}
      title={new Date(atMs).toISOString()}
    >
      {formatAge(nowMs - atMs)} ago
    </span>
  );
}

/** Label and value, two of them a line where there is room. */
export function Fact({
  label,
  wide,
  children,
}: {
  readonly label: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.fact} data-wide={wide}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
