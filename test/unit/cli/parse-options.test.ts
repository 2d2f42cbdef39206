import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import {
  collect,
  parseBytes,
  parseConnections,
  parsePort,
  parseRateLimit,
  parseTime,
} from '../../../src/main/cli/parse-options';

test.each<[parse: (text: string) => unknown, text: string, value: unknown]>([
  [parsePort, '0', 0],
  [parsePort, '65535', 65_535],
  [parseBytes, '1024', 1024],
  [parseConnections, '1', 1],
  [parseRateLimit, '100/s', { perSecond: 100, burst: 200 }],
  [parseRateLimit, '600/min', { perSecond: 10, burst: 600 }],
  [parseRateLimit, '1/min', { perSecond: 1 / 60, burst: 1 }],
  [parseTime, '1970-01-01T00:00:01Z', 1_000],
  [parseTime, '1000', 1_000],
])('%o of %j', (parse, text, value) => {
  expect(parse(text)).toEqual(value);
});

test.each<[parse: (text: string) => unknown, text: string]>([
  [parsePort, ''],
  [parsePort, '-1'],
  [parsePort, '65536'],
  [parsePort, '80a'],
  [parsePort, '1e3'],
  [parsePort, '0x50'],
  [parseBytes, '1023'],
  [parseBytes, '8MiB'],
  [parseConnections, '0'],
  [parseRateLimit, '100'],
  [parseRateLimit, '0/s'],
  [parseRateLimit, '1.5/s'],
  [parseRateLimit, '100/h'],
  [parseTime, 'yesterday'],
  [parseTime, '2026-02-30T00:00:00Z'],
  [parseTime, '2026-11-21T20:05:33'],
])('%o refuses %j in a sentence', (parse, text) => {
  expect(() => parse(text)).toThrow(InvalidArgumentError);
  expect(() => parse(text)).toThrow(/^It must be [^\n]+\.$/);
});

test('an option given more than once is a list', () => {
  expect(collect('b', collect('a', []))).toEqual(['a', 'b']);
});
