import { formatBytes, formatCount } from '../../format/quantity';
import type { ExportJob } from '../../stores/export-store';

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
