import type { LiveDevice } from '../../../../common/model/live-device';
import type { PhoneRequest } from '../../../../common/wire/ingest';
import { askHub } from '../../connect/ask-hub';
import { notifyDone, notifyFailure } from '../shell/notify';

const ASKED: Record<PhoneRequest, { readonly title: string; readonly message: string }> = {
  'check-in': { title: 'Asked for a check-in', message: 'The answer appears here as soon as it is given.' },
  photo: { title: 'Asked for a photo', message: 'It appears in the details as soon as it is taken.' },
  share: { title: 'Asked to share', message: 'It appears on the Screens view as soon as they agree and choose what.' },
  locate: { title: 'Asked for a position', message: 'The phone looks for a fresh one now.' },
};

/** Asks one person for something, and says how that went. */
export function askPerson({ deviceId, name }: LiveDevice, what: keyof typeof ASKED): void {
  const { title, message } = ASKED[what];
  askHub('device.request', { deviceId, what }).then(
    () => notifyDone(`${title}: ${name}`, message),
    (error: unknown) => notifyFailure(`${name} was not asked`, error),
  );
}

/** Writes to one person, or to everybody with null. @returns false when it was not sent; the operator was told why. */
export async function sendMessage(deviceId: string | null, text: string): Promise<boolean> {
  try {
    const { delivered, waiting } = await askHub('message.send', { deviceId, text });
    notifyDone('Message sent', deliveryWords(delivered, waiting));
    return true;
  } catch (error) {
    notifyFailure('The message was not sent', error);
    return false;
  }
}

/** How many phones have it, and how many get it later or never. */
export function deliveryWords(delivered: number, waiting: number): string {
  const phones = (count: number): string => (count === 1 ? '1 phone' : `${count} phones`);
  if (delivered + waiting === 0) return 'Nobody is connected: nobody got it.';
  if (waiting === 0) return `On ${phones(delivered)}.`;
  const later = `${phones(waiting)} ${waiting === 1 ? 'gets' : 'get'} it when the Perch page is open there.`;
  return delivered === 0 ? later : `On ${phones(delivered)}. ${later}`;
}
