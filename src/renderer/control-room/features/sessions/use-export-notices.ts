import { useEffect } from 'react';
import { type ExportJob, useExportStore } from '../../stores/export-store';
import { useViewStore } from '../../stores/view-store';
import { notifyDone, notifyFailure } from '../shell/notify';
import { exportSentence } from './export-sentence';

/** Tells how an export ended when the dialog that shows it is closed: a long one outlives the look at it. */
export function useExportNotices(): void {
  useEffect(
    () =>
      useExportStore.subscribe(({ jobs }, before) => {
        if (useViewStore.getState().dialog === 'sessions') return;
        for (const job of jobs) {
          const earlier = before.jobs.find(({ exportId }) => exportId === job.exportId);
          if (earlier && stateOf(earlier) === 'running') tell(job);
        }
      }),
    [],
  );
}

function stateOf({ progress }: ExportJob): NonNullable<ExportJob['progress']>['state'] {
  return progress?.state ?? 'running';
}

function tell(job: ExportJob): void {
  if (stateOf(job) === 'done') notifyDone('Export finished', exportSentence(job));
  if (stateOf(job) === 'failed') notifyFailure('Export failed', new Error(exportSentence(job)));
}
