/** Which guide is shown; user agents lie, so the person can change it. */
export type PhoneSystem = 'ios' | 'android' | 'other';

export const PHONE_SYSTEMS: readonly PhoneSystem[] = ['ios', 'android', 'other'];

/** Browsers that the guide does not work in, each with a sentence of its own; null: it does, for all that is known. */
export type WrongBrowser = 'firefox' | 'notSafari';

/** Firefox for Android ignores a user's CA; on iOS only Safari hands a profile to the settings. */
export function toWrongBrowser(userAgent: string): WrongBrowser | null {
  if (/Android.*(Firefox|Fennec)\//.test(userAgent)) return 'firefox';
  const isApple = /iPhone|iPad|iPod/.test(userAgent);
  // All have Safari's engine, and most its name; what is no Safari lacks its version or says whose it is.
  const isSafari =
    /Version\/.*Safari\//.test(userAgent) && !/(CriOS|FxiOS|EdgiOS|OPiOS|OPT|DuckDuckGo|GSA)\//.test(userAgent);
  return isApple && !isSafari ? 'notSafari' : null;
}

/** @param touchPoints navigator.maxTouchPoints: an iPad says that it is a Mac, and no Mac has a touch screen. */
export function toPhoneSystem(userAgent: string, touchPoints: number): PhoneSystem {
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)) return 'ios';
  return /Android/.test(userAgent) ? 'android' : 'other';
}
