import { create } from 'zustand';
import type { ExportProgress } from '../../../common/contract/schemas';

/** One export as the screen shows it. */
export interface ExportJob {
  readonly exportId: string;
  readonly sessionId: string;
  readonly title: string;
  /** null until the first progress arrived. */
  readonly progress: ExportProgress | null;
}

interface ExportState {
  /** Newest first; only this page's, this time. */
  readonly jobs: readonly ExportJob[];
  /** Progress that came before the answer that names its job: a small export is over at once. */
  readonly early: ReadonlyMap<string, ExportProgress>;
  readonly begin: (job: Omit<ExportJob, 'progress'>) => void;
  readonly progress: (progress: ExportProgress) => void;
  readonly dismiss: (exportId: string) => void;
}

export const useExportStore = create<ExportState>()((set) => ({
  jobs: [],
  early: new Map(),
  begin: (job) =>
    set((state) => {
      const early = new Map(state.early);
      early.delete(job.exportId);
      return { jobs: [{ ...job, progress: state.early.get(job.exportId) ?? null }, ...state.jobs], early };
    }),
  progress: (progress) =>
    set((state) => {
      if (!state.jobs.some((job) => job.exportId === progress.exportId)) {
        return { early: new Map(state.early).set(progress.exportId, progress) };
      }
      return { jobs: state.jobs.map((job) => (job.exportId === progress.exportId ? { ...job, progress } : job)) };
    }),
  dismiss: (exportId) => set((state) => ({ jobs: state.jobs.filter((job) => job.exportId !== exportId) })),
}));
