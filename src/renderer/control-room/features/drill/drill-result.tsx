import { IconAlertTriangle, IconGauge } from '@tabler/icons-react';
import type { Drill } from '../../../../common/model/drill';
import { formatMoment } from '../../format/time';
import { useClockStore } from '../../stores/clock-store';
import styles from './drill.module.css';
import { DrillFigures } from './drill-progress';
import { DrillSteps } from './drill-steps';

/** How the last drill ended. */
export function DrillResult({ drill }: { readonly drill: Drill }) {
  const nowMs = useClockStore((state) => state.nowMs);
  const hasFailed = drill.state === 'failed';
  const Icon = hasFailed ? IconAlertTriangle : IconGauge;
  return (
    <section className={styles.result} aria-label="Result of the last drill">
      <Icon size={22} aria-hidden className={styles.mark} data-failed={hasFailed} />
      <div>
        <p data-testid="drill-sentence">{drill.sentence}</p>
        <DrillSteps steps={drill.steps} />
        {drill.mode === 'phones' && !hasFailed && <DrillFigures drill={drill} />}
        <small>
          {formatMoment(drill.startedAtMs, nowMs)}
          {drill.state === 'stopped' && ', stopped early'}
          {hasFailed && ', failed'}
        </small>
      </div>
    </section>
  );
}
