/** More cues than that are no help, and slow to read: of longer recordings only so many seconds have one. */
const MOST_CUES = 6 * 3_600;

/** The time of day under each second of a recording, as captions (W3C WebVTT). @param beganAtMs hub clock */
export function clockCaptions(beganAtMs: number, durationMs: number): string {
  const seconds = Math.min(MOST_CUES, Math.ceil(durationMs / 1_000));
  const cues = Array.from({ length: seconds }, (_, second) => {
    const time = new Date(beganAtMs + second * 1_000).toLocaleTimeString();
    return `${vttTime(second)} --> ${vttTime(second + 1)}\n${time}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

function vttTime(second: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${two(second / 3_600)}:${two((second / 60) % 60)}:${two(second % 60)}.000`;
}
