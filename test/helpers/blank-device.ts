import type { Device } from '../../src/common/model/device';

/** A device of which nothing is known. */
export const BLANK_DEVICE: Device = {
  deviceId: '',
  name: '',
  identity: 'nameless',
  externalId: null,
  username: null,
  ordinal: 1,
  platform: null,
  userAgent: null,
  lastAddress: null,
  firstSeenAtMs: 0,
  lastSeenAtMs: 0,
  isClaimed: false,
  colour: null,
  saidColour: null,
  note: '',
  access: 'approved',
  mergedInto: null,
};
