import { Button, CloseButton, Progress, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconFileExport } from '@tabler/icons-react';
import { askHub } from '../../connect/ask-hub';
import { type ExportJob, useExportStore } from '../../stores/export-store';
import { notifyFailure } from '../shell/notify';
import { exportSentence } from './export-sentence';
import styles from './sessions.module.css';

/** The exports of this page: how far, and how they ended. */
export function ExportJobs() {
  const jobs = useExportStore((state) => state.jobs);
  return jobs.map((job) => <JobLine key={job.exportId} job={job} />);
}

function JobLine({ job }: { readonly job: ExportJob }) {
  const dismiss = useExportStore((state) => state.dismiss);
  const state = job.progress?.state ?? 'running';
  const cancel = (): void => {
    askHub('export.cancel', { exportId: job.exportId }).catch((error: unknown) =>
      notifyFailure('The export was not cancelled', error),
    );
  };
  return (
    <div className={styles.job} data-state={state} data-testid="export-job" role="status">
      <StateIcon state={state} />
      <div className={styles.jobText}>
        <Text size="sm" truncate>
          {exportSentence(job)}
        </Text>
        {state === 'running' && <Progress size="sm" mt={6} value={percentOf(job)} aria-label="Export progress" />}
      </div>
      {state === 'running' ? (
        <Button size="compact-xs" variant="default" onClick={cancel}>
          Cancel
        </Button>
      ) : (
        <CloseButton size="sm" aria-label="Dismiss" onClick={() => dismiss(job.exportId)} />
      )}
    </div>
  );
}

function StateIcon({ state }: { readonly state: NonNullable<ExportJob['progress']>['state'] }) {
  if (state === 'done') return <IconCircleCheck size={18} aria-hidden />;
  if (state === 'failed') return <IconAlertTriangle size={18} aria-hidden />;
  return <IconFileExport size={18} aria-hidden />;
}

function percentOf({ progress }: ExportJob): number {
  if (!progress) return 0;
  return progress.totalFrames === 0 ? 100 : Math.min(100, (100 * progress.frames) / progress.totalFrames);
}
