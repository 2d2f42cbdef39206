import { create } from 'zustand';
import type { Alert } from '../../../common/model/alert';

interface AlertState {
  /** Newest first. */
  readonly alerts: readonly Alert[];
  readonly replaceAll: (alerts: readonly Alert[]) => void;
  readonly raise: (alert: Alert) => void;
  readonly clear: (id: string) => void;
}

export const useAlertStore = create<AlertState>()((set) => ({
  alerts: [],
  replaceAll: (alerts) => set({ alerts: [...alerts].sort(newestFirst) }),
  raise: (alert) =>
    set((state) => ({ alerts: [alert, ...state.alerts.filter((other) => other.id !== alert.id)].sort(newestFirst) })),
  clear: (id) => set((state) => ({ alerts: state.alerts.filter((alert) => alert.id !== id) })),
}));

function newestFirst(a: Alert, b: Alert): number {
  return b.raisedAtMs - a.raisedAtMs;
}
