import type { DrillResult } from './result';

/** 12345 as 12,345. */
export const grouped = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 1 });

/** A duration as it is read: 0.8 ms, 12 ms, 1,250 ms. */
export const inMs = (ms: number | null): string => {
  if (ms === null) return 'unknown';
  return `${ms < 10 ? ms.toFixed(1) : grouped(Math.round(ms))} ms`;
};

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** What the hub took. */
export function inOneSentence(result: Omit<DrillResult, 'sentence'>): string {
  const { phones, elapsedS, counts, latencyMs, isComplete } = result;
  const perSecond = grouped(Math.round(counts.acked / Math.max(elapsedS, 0.001)));
  const from = `from ${grouped(phones)} ${phones === 1 ? 'phone' : 'phones'} in ${grouped(elapsedS)} s (${perSecond} a second)`;
  const notes = [
    `acked after ${inMs(latencyMs.p50)} (p99 ${inMs(latencyMs.p99)}, longest ${inMs(latencyMs.max)})`,
    counts.photos > 0 ? `${grouped(counts.photos)} with a photo` : null,
    counts.connections > phones ? `${grouped(counts.connections - phones)} reconnects` : null,
    counts.resent > 0 ? `${grouped(counts.resent)} sent again` : null,
    counts.late > 0 ? `${grouped(counts.late)} captured late: this machine is too slow for so many phones` : null,
  ].filter((note) => note !== null);
  if (isComplete) return `The hub took all ${grouped(counts.captured)} frames ${from}: ${notes.join(', ')}.`;
  return `The hub took only ${grouped(counts.acked)} of ${grouped(counts.captured)} frames ${from}, ${whyNot(result)}: ${notes.join(', ')}.`;
}

function whyNot({ counts }: Omit<DrillResult, 'sentence'>): string {
  const codes = Object.entries(counts.refused).map(([code, count]) => `${grouped(count)} refused (${code})`);
  const silent = counts.captured - counts.acked - sumOf(counts.refused);
  if (silent > 0) codes.push(`${grouped(silent)} without an answer`);
  return codes.length === 0 ? 'nothing captured' : codes.join(' and ');
}
