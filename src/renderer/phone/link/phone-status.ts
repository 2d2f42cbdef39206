import type { SensorState } from '../sensors/sensor-state';
import type { PhoneState } from '../stores/phone-store';
import type { PermissionWord, ReportedStatus } from './status-reporter';

/** A sensor that only has events was allowed as soon as one came; until then nobody can tell. */
const PERMISSION: Record<SensorState['kind'], PermissionWord> = {
  off: 'prompt',
  waiting: 'prompt',
  on: 'granted',
  refused: 'denied',
  missing: 'unavailable',
};

/** What the hub is told of the phone, out of what the screen shows. */
export function toPhoneStatus(
  { counts, readings, sensors }: Pick<PhoneState, 'counts' | 'readings' | 'sensors'>,
  visibility: DocumentVisibilityState,
): ReportedStatus {
  return {
    battery: readings.battery,
    charging: readings.isCharging,
    visibility,
    queued: counts.waiting,
    // The hub compares it with what it got, not with what others did.
    captured: counts.capturedHere,
    permissions: {
      position: PERMISSION[sensors.position.kind],
      orientation: PERMISSION[sensors.orientation.kind],
      motion: PERMISSION[sensors.motion.kind],
    },
  };
}
