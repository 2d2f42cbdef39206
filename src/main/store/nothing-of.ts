import type { DeviceCustody } from './store';

/** The custody of a device that sent nothing. */
export const nothingOf = (deviceId: string): DeviceCustody => ({
  deviceId,
  stored: 0,
  duplicates: 0,
  refused: {},
  erased: 0,
  dropped: 0,
  missing: 0,
  beforeFirst: 0,
  holes: [],
  bytes: 0,
  firstAtMs: null,
  lastAtMs: null,
  late: 0,
  delay: null,
});
