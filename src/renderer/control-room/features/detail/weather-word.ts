/** WMO code table 4677 in the groups that forecast services use: from each code on, this word. */
const WORDS: ReadonlyArray<readonly [from: number, word: string]> = [
  [0, 'Clear'],
  [1, 'Mainly clear'],
  [2, 'Partly cloudy'],
  [3, 'Overcast'],
  [4, 'Haze or smoke'],
  [10, 'Mist'],
  [20, 'Lately wet'],
  [40, 'Fog'],
  [50, 'Drizzle'],
  [60, 'Rain'],
  [70, 'Snow'],
  [80, 'Showers'],
  [85, 'Snow showers'],
  [95, 'Thunderstorm'],
];

/** A word for a weather code; the code itself when the table has none. */
export function weatherWord(code: number): string {
  if (code < 0 || code > 99) return `Code ${code}`;
  return WORDS.findLast(([from]) => code >= from)?.[1] ?? `Code ${code}`;
}
