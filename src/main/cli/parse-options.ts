import { InvalidArgumentError } from 'commander';
import { toMs } from '../../common/wire/timestamp';

/** 0 to 65535; 0 = any free port. */
export function parsePort(text: string): number {
  return parseWhole(text, 0, 65_535, 'a port from 0 to 65535');
}

/** Bytes, at least 1 KiB: a handshake must fit. */
export function parseBytes(text: string): number {
  return parseWhole(text, 1024, 1024 ** 3, 'a number of bytes from 1024 to 1073741824');
}

/** At least one phone. */
export function parseConnections(text: string): number {
  return parseWhole(text, 1, 1_000_000, 'a number from 1 to 1000000');
}

/** 0 or more. */
export function parseWholeFrom0(text: string): number {
  return parseWhole(text, 0, 1_000_000, 'a number from 0 to 1000000');
}

/** A time or a rate: over 0, fractions allowed. */
export function parsePositive(text: string): number {
  const number = /^\d{1,7}(\.\d{1,6})?$/.test(text) ? Number(text) : 0;
  if (number > 0 && number <= 1_000_000) return number;
  throw new InvalidArgumentError('It must be a number over 0.');
}

/** 0 to below 1: with all messages lost nothing would ever arrive. */
export function parseShare(text: string): number {
  const number = /^\d(\.\d{1,6})?$/.test(text) ? Number(text) : 1;
  if (number < 1) return number;
  throw new InvalidArgumentError('It must be a share from 0 to below 1, such as 0.05.');
}

function parseWhole(text: string, min: number, max: number, meaning: string): number {
  const number = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new InvalidArgumentError(`It must be ${meaning}.`);
}

/** `N/s`: N a second and twice that at once; `N/min`: N a minute, all at once if need be. */
export function parseRateLimit(text: string): { perSecond: number; burst: number } {
  const [, amount, unit] = /^(\d{1,9})\/(s|min)$/.exec(text) ?? [];
  const number = Number(amount);
  if (!(number >= 1)) throw new InvalidArgumentError('It must be like 100/s or 600/min.');
  return unit === 's' ? { perSecond: number, burst: 2 * number } : { perSecond: number / 60, burst: number };
}

/** RFC 3339, or ms since the epoch. */
export function parseTime(text: string): number {
  const ms = toMs(/^\d+$/.test(text) ? Number(text) : text);
  if (ms !== null) return ms;
  throw new InvalidArgumentError('It must be an RFC 3339 time such as 2026-11-21T20:05:00Z.');
}

/** Collects an option that may be given more than once. */
export const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
