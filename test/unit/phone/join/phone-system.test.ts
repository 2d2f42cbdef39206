import { expect, it } from 'vitest';
import { toPhoneSystem, toWrongBrowser } from '../../../../src/renderer/phone/join/phone-system';

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0';

it.each([
  [
    'an iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1',
    5,
    'ios',
  ],
  ['Chrome on an iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/156.0 Mobile', 5, 'ios'],
  ['an old iPad', 'Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15', 5, 'ios'],
  ['an iPad, which says that it is a Mac', `${MAC} Safari/605.1.15`, 5, 'ios'],
  ['a Mac', `${MAC} Safari/605.1.15`, 0, 'other'],
  ['Chrome on Android', 'Mozilla/5.0 (Linux; Android 16; Pixel 9) Chrome/156.0 Mobile Safari/537.36', 5, 'android'],
  ['Firefox on Android', 'Mozilla/5.0 (Android 16; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 5, 'android'],
  ['Android that asks for the desktop page', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0 Safari/537.36', 5, 'other'],
  ['Windows with a touch screen', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0', 10, 'other'],
  ['nothing', '', 0, 'other'],
])('%s', (_which, userAgent, touchPoints, system) => {
  expect(toPhoneSystem(userAgent, touchPoints)).toBe(system);
});

const ON_IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

it.each([
  ['Safari', `${ON_IPHONE} Version/18.0 Mobile/15E148 Safari/604.1`, null],
  ['Chrome on an iPhone', `${ON_IPHONE} CriOS/156.0 Mobile/15E148 Safari/604.1`, 'notSafari'],
  ['Firefox on an iPhone', `${ON_IPHONE} FxiOS/140.0 Mobile/15E148 Safari/605.1.15`, 'notSafari'],
  ['Edge on an iPhone', `${ON_IPHONE} Version/18.0 EdgiOS/140.0 Mobile/15E148 Safari/604.1`, 'notSafari'],
  ['an app that shows a page', `${ON_IPHONE} Mobile/15E148`, 'notSafari'],
  ['Chrome on Android', 'Mozilla/5.0 (Linux; Android 16; Pixel 9) Chrome/156.0 Mobile Safari/537.36', null],
  ['Firefox on Android', 'Mozilla/5.0 (Android 16; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 'firefox'],
  ['Firefox on a laptop', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', null],
])('%s: the guide works there, or what to open instead', (_which, userAgent, wrong) => {
  expect(toWrongBrowser(userAgent)).toBe(wrong);
});
