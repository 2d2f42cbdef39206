import { create } from 'zustand';
import type { Drill } from '../../../common/model/drill';

interface DrillStore {
  /** Runs, or was the last since the hub was started; null before the first, or until asked for. */
  readonly drill: Drill | null;
  readonly setDrill: (drill: Drill | null) => void;
}

export const useDrillStore = create<DrillStore>()((set) => ({
  drill: null,
  setDrill: (drill) => set({ drill }),
}));

/** True while phones walk or are about to. */
export const isDrillOn = ({ state }: Drill): boolean =>
  state === 'starting' || state === 'running' || state === 'stopping';
