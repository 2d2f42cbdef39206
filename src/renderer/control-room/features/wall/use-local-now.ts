import { useClockStore } from '../../stores/clock-store';

/** This machine's clock, as of the last tick: pictures are timed by it, not by the hub's. */
export const useLocalNow = (): number => useClockStore(({ nowMs, offsetMs }) => nowMs - offsetMs);
