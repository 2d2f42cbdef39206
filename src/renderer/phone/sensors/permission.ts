import { isApplePhone } from '../identity/apple-phone';
import type { HintCode } from '../stores/codes';

type PermissionAnswer = 'granted' | 'denied';
type Asks = { requestPermission(): Promise<PermissionAnswer> };

const asks = (value: unknown): value is Asks =>
  typeof value === 'function' && 'requestPermission' in value && typeof value.requestPermission === 'function';

const ask = (name: 'DeviceMotionEvent' | 'DeviceOrientationEvent'): Promise<boolean> => {
  const event: unknown = Reflect.get(globalThis, name);
  // No question to ask: the browser gives the events without one, or has none and the row says so.
  if (!asks(event)) return Promise.resolve(true);
  return event.requestPermission().then(
    (answer) => answer === 'granted',
    () => false,
  );
};

/**
 * Must be called first thing inside a tap: both questions leave before anything is awaited, or iOS refuses them.
 * True where the events may come.
 */
export async function askMotionPermission(): Promise<{ readonly motion: boolean; readonly orientation: boolean }> {
  const answers = [ask('DeviceMotionEvent'), ask('DeviceOrientationEvent')] as const;
  const [motion, orientation] = await Promise.all(answers);
  return { motion, orientation };
}

/** What to press after a no. iOS asks again only in a new tab; elsewhere it is a setting of the site. */
export const toMotionRefusedHint = (userAgent: string): HintCode =>
  isApplePhone(userAgent) ? 'motion-refused-apple' : 'motion-refused';
