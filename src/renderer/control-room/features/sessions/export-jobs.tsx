import { Button, CloseButton, Progress, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconFileExport } from '@tabler/icons-react';
import { askHub } from '../../connect/ask-hub';
import { formatBytes, formatCount } from '../../format/quantity';
import { type ExportJob, useExportStore } from '../../stores/export-store';
import { notifyFailure } from '../shell/notify';
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

/** What to say of an export, in one line. */
export function exportSentence({ title, progress }: ExportJob): string {
  if (!progress) return `Exporting “${title}”…`;
  const amount = `${formatCount(progress.frames)} frames, ${formatBytes(progress.bytes)}`;
  switch (progress.state) {
    case 'running':
      return `Exporting “${title}”: ${formatCount(progress.frames)} of ${formatCount(progress.totalFrames)} frames, ${formatBytes(progress.bytes)}`;
    case 'done':
      return progress.path === null
        ? `Exported “${title}”: ${amount}, in your downloads`
        : `Exported “${title}”: ${amount}, to ${progress.path}`;
    case 'cancelled':
      return `Export of “${title}” cancelled`;
    case 'failed':
      return `Export of “${title}” failed. ${progress.message ?? ''}`;
  }
}
