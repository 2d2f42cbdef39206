import { LaterError } from './later-error';
import type { DeviceDirectory } from './ports';

/** When a phone that waits for the operator may send again, ms: it is told when it is let in. */
const RETRY_MS = 5000;

/** The operator has not let this device in. It keeps its frames and sends them later. */
export class PendingError extends LaterError {
  constructor() {
    super('pending_approval', 'the operator has not let this phone in yet; keep this and send it later', RETRY_MS);
    this.name = 'PendingError';
  }
}

/** @throws PendingError */
export function assertLetIn(directory: Pick<DeviceDirectory, 'stateOf'>, deviceId: string): void {
  if (directory.stateOf(deviceId) === 'pending') throw new PendingError();
}
