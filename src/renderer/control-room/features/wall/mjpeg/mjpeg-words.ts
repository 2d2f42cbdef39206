import type { MjpegState } from '../../../../../common/model/mjpeg-source';

/** Why a screen shows nothing until somebody acts. */
export function lockWords(state: MjpegState): string {
  if (state === 'pin_wrong') return 'That PIN is wrong. The right one is in the app on the phone.';
  if (state === 'blocked') return 'The app blocks this laptop after wrong PINs. Restart its stream, then try again.';
  return 'This screen needs the PIN that the app on the phone shows.';
}
