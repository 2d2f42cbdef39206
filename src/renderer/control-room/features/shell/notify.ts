import { notifications } from '@mantine/notifications';
import { sentenceOf } from '../../connect/ask-hub';

/** Tells the operator that what they asked for did not happen, and why. */
export function notifyFailure(title: string, error: unknown): void {
  notifications.show({ color: 'red', title, message: sentenceOf(error), autoClose: 10_000 });
}

export function notifyDone(title: string, message: string): void {
  notifications.show({ color: 'teal', title, message, autoClose: 5_000 });
}
