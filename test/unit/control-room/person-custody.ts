import type { Custody } from '../../../src/common/model/custody';

/** The custody of a person of whom nothing came, with what the test is about put in. */
export const personCustody = (given: Partial<Custody> = {}): Custody => ({
  deviceId: 'd',
  merged: [],
  name: 'Ann',
  captured: null,
  received: 0,
  stored: 0,
  duplicate: 0,
  refused: {},
  refusedMessages: {},
  erased: 0,
  dropped: 0,
  late: 0,
  missing: 0,
  beforeFirst: 0,
  holes: [],
  bytes: 0,
  firstAtMs: null,
  lastAtMs: null,
  delay: null,
  ...given,
});
