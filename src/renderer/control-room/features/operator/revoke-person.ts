import type { LiveDevice } from '../../../../common/model/live-device';
import { askHub } from '../../connect/ask-hub';
import { notifyDone, notifyFailure } from '../shell/notify';

/** Takes the keys of a person's phone back. */
export function revoke({ deviceId, name }: LiveDevice): void {
  askHub('device.revoke', { deviceId }).then(
    () => notifyDone(`The keys of ${name} are revoked`, 'The phone is out. What it sent stays.'),
    (error: unknown) => notifyFailure(`The keys of ${name} were not revoked`, error),
  );
}

/** Lets it pair anew as the same person. */
export function readmit({ deviceId, name }: LiveDevice): void {
  askHub('device.readmit', { deviceId }).then(
    () => notifyDone(`${name} may pair again`, 'With the QR code it is the same person as before.'),
    (error: unknown) => notifyFailure(`${name} may not pair again`, error),
  );
}
