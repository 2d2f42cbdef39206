/** Which guide is shown; user agents lie, so the person can change it. */
export type PhoneSystem = 'ios' | 'android' | 'other';

export const PHONE_SYSTEMS: readonly PhoneSystem[] = ['ios', 'android', 'other'];

/** @param touchPoints navigator.maxTouchPoints: an iPad says that it is a Mac, and no Mac has a touch screen. */
export function toPhoneSystem(userAgent: string, touchPoints: number): PhoneSystem {
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)) return 'ios';
  return /Android/.test(userAgent) ? 'android' : 'other';
}
