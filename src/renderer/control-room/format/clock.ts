import type { PhoneClock } from '../../../common/model/live-device';
import { MISSING } from './quantity';
import { formatDelay } from './time';

/** How a phone's clock stands: "in step, ± 4 ms", "2.3 s ahead, ± 12 ms"; {@link MISSING} when never measured. */
export function formatClock(clock: PhoneClock | null): string {
  if (!clock) return MISSING;
  const { offsetMs, uncertaintyMs } = clock;
  const give = `± ${formatDelay(Math.max(1, uncertaintyMs))}`;
  if (Math.abs(offsetMs) <= uncertaintyMs) return `in step, ${give}`;
  return `${formatDelay(Math.abs(offsetMs))} ${offsetMs > 0 ? 'ahead' : 'behind'}, ${give}`;
}
