/** How browsers name a system in their user agent, the more special first: Android says that it is Linux too. */
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPod/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS X/, 'Mac'],
  [/Linux|X11/, 'Linux'],
];

/** Likewise: nearly all say that they are Chrome or Safari. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|OPT\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\/|Chromium\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

/** What an app says of itself may be anything; so much of it fits on a card. */
const MAX_LENGTH = 40;

/**
 * A phone's system in a word or two, "iPhone, Safari", from what it says of itself.
 * @returns null when it says nothing
 */
export function systemWords(platform: string | null, userAgent: string | null): string | null {
  const said = platform ?? userAgent;
  if (said === null) return null;
  if (!said.startsWith('Mozilla/')) return said.length > MAX_LENGTH ? `${said.slice(0, MAX_LENGTH - 1)}…` : said;
  const nameIn = (names: typeof SYSTEMS): string[] => names.filter(([sign]) => sign.test(said)).map(([, name]) => name);
  const words = [nameIn(SYSTEMS)[0], nameIn(BROWSERS)[0]].filter((word) => word !== undefined);
  return words.length === 0 ? 'A browser' : words.join(', ');
}
