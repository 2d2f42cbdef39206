import { create } from 'zustand';

interface ClockState {
  /** Hub clock, ms since the epoch, as of the last tick: what every age on the screen is counted from. */
  readonly nowMs: number;
  /** Hub clock minus this machine's clock, ms. */
  readonly offsetMs: number;
  /** Learns the hub's clock from a message that just arrived. */
  readonly sync: (hubNowMs: number) => void;
  /** Moves `nowMs` on; called once a second. */
  readonly tick: () => void;
}

/** The hub's clock: the laptop that shows the control room may be another one, and wrong by minutes. */
export const useClockStore = create<ClockState>()((set, get) => ({
  nowMs: Date.now(),
  offsetMs: 0,
  sync: (hubNowMs) => set({ offsetMs: hubNowMs - Date.now() }),
  tick: () => set({ nowMs: Date.now() + get().offsetMs }),
}));

/** Ages tick once a second: often enough to be alive, slow enough to be calm. */
export function startClock(): () => void {
  const timer = setInterval(() => useClockStore.getState().tick(), 1_000);
  return () => clearInterval(timer);
}
