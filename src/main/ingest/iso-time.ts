let lastMs = Number.NaN;
let lastText = '';

/** A time as RFC 3339 in UTC with milliseconds. A commit acks hundreds of frames in one millisecond. */
export function isoTime(ms: number): string {
  if (ms !== lastMs) {
    lastText = new Date(ms).toISOString();
    lastMs = ms;
  }
  return lastText;
}
