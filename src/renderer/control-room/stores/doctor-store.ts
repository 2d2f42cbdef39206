import { create } from 'zustand';
import type { DoctorCheck } from '../../../common/model/doctor';

interface DoctorStore {
  /** Of the run that goes on or was the last; empty before the first. */
  readonly checks: readonly DoctorCheck[];
  readonly isRunning: boolean;
  readonly begin: () => void;
  readonly add: (check: DoctorCheck) => void;
  readonly end: (checks: readonly DoctorCheck[] | null) => void;
}

export const useDoctorStore = create<DoctorStore>()((set) => ({
  checks: [],
  isRunning: false,
  begin: () => set({ checks: [], isRunning: true }),
  add: (check) => set((state) => ({ checks: [...state.checks.filter(({ id }) => id !== check.id), check] })),
  end: (checks) => set((state) => ({ checks: checks ?? state.checks, isRunning: false })),
}));
