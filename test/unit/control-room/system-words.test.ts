import { expect, test } from 'vitest';
import { systemWords } from '../../../src/renderer/control-room/format/system-words';

const APPLE = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0';

test.each<[words: string | null, platform: string | null, userAgent: string | null]>([
  [
    'iPhone, Safari',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${APPLE} Version/18.5 Mobile/15E148 Safari/604.1`,
    null,
  ],
  [
    'iPhone, Chrome',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${APPLE} CriOS/140.0 Mobile/15E148 Safari/604.1`,
    'Mozilla/5.0 (X11; Linux x86_64)',
  ],
  ['Android, Chrome', null, `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`],
  [
    'Android, Samsung Internet',
    `Mozilla/5.0 (Linux; Android 10; K) ${CHROME.replace('Chrome', 'SamsungBrowser/28.0 Chrome')} Safari/537.36`,
    null,
  ],
  ['Android, Firefox', 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', null],
  ['Windows, Edge', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/140.0.0.0`, null],
  ['Mac, Safari', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${APPLE} Version/18.5 Safari/605.1.15`, null],
  ['A browser', 'Mozilla/5.0', null],
  ['owntracks', 'owntracks', 'OwnTracks-Android/gms/420412000'],
  ['Android', 'Android', null],
  [`${'x'.repeat(39)}…`, 'x'.repeat(256), null],
  [null, null, null],
])('%s', (words, platform, userAgent) => {
  expect(systemWords(platform, userAgent)).toBe(words);
});
