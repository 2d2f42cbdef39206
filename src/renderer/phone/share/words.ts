import type { CaptureTrouble } from './capture';

/** Everything the share says to the carrier. */
export const SHARE_WORDS = {
  share: 'Share',
  title: 'Share live',
  lead: 'The operator sees it at once, while this page is open. Nobody else does.',
  screen: 'This screen',
  screenNote: 'Everything on it is seen, messages and passwords too.',
  backCamera: 'Back camera',
  frontCamera: 'Front camera',
  sound: 'With sound from the microphone',
  cancel: 'Cancel',
  asked: 'The operator asks to see your screen or camera.',
  agree: 'Agree',
  no: 'No',
  stop: 'Stop sharing',
  switchCamera: 'Other camera',
  torchOn: 'Light on',
  torchOff: 'Light off',
  starting: 'Asking the browser…',
  screenStreamTitle: 'Share an Android screen',
  screenStreamLead: 'No browser on Android can share the screen. The free app ScreenStream can:',
  screenStreamSteps: (address: string): readonly string[] => [
    'Install ScreenStream and choose Local mode (MJPEG).',
    'Press Start there. It shows an address with the numbers below.',
    `Tell the operator: http://${address}:8080`,
  ],
  anyAddress: 'the address it shows',
} as const;

/** Why there is nothing to share, and what helps. */
export const TROUBLE_WORDS: Record<CaptureTrouble, string> = {
  'no-screen-capture': 'This browser cannot share the screen. The camera works, and on Android the app ScreenStream.',
  insecure: 'Screen and camera need the secure page: open the link with the lock, from the QR code.',
  refused: 'The browser was not allowed. Allow the camera for this page in the browser’s settings, then try again.',
  'in-use': 'The camera is in use by another app. Close that one, then try again.',
  'no-camera': 'This phone gives the browser no camera.',
  'hub-refused': 'The hub does not take a share of this phone just now. Another tab of this phone may share already.',
  unknown: 'That did not work. Try again.',
};

/** What is shared, and whether anybody sees it. */
export function liveWords(what: 'screen' | 'camera', isOnline: boolean, watchers: number): string {
  const thing = what === 'screen' ? 'Your screen' : 'Your camera';
  if (!isOnline) return `${thing} is shared as soon as the hub is reached`;
  return watchers > 0 ? `${thing} is live: the operator can see it` : `${thing} is shared; nobody watches yet`;
}
