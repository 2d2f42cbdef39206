import { create } from 'zustand';
import type { Alert } from '../../../common/model/alert';

interface AlertState {
  /** Newest first. */
  readonly alerts: readonly Alert[];
  /** How often something changed: what is over has to be asked for anew. */
  readonly changes: number;
  readonly replaceAll: (alerts: readonly Alert[]) => void;
  /** Raised, or seen by somebody: replaces the one with its id. */
  readonly raise: (alert: Alert) => void;
  readonly clear: (id: string) => void;
}

export const useAlertStore = create<AlertState>()((set) => ({
  alerts: [],
  changes: 0,
  replaceAll: (alerts) => set((state) => ({ alerts: [...alerts].sort(newestFirst), changes: state.changes + 1 })),
  raise: (alert) =>
    set((state) => ({
      alerts: [alert, ...state.alerts.filter((other) => other.id !== alert.id)].sort(newestFirst),
      changes: state.changes + 1,
    })),
  clear: (id) =>
    set((state) => ({ alerts: state.alerts.filter((alert) => alert.id !== id), changes: state.changes + 1 })),
}));

function newestFirst(a: Alert, b: Alert): number {
  return b.raisedAtMs - a.raisedAtMs;
}
