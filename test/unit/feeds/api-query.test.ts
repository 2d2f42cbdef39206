import { expect, test } from 'vitest';
import { parseExportQuery, parseFramesQuery } from '../../../src/main/feeds/api-query';

const ALL = { deviceId: null, sessionId: null, fromMs: null, toMs: null, limit: 100, after: null };

test.each([
  ['nothing', {}, ALL],
  ['all sessions', { session: 'all' }, ALL],
  ['the current session', { session: 'latest' }, { ...ALL, sessionId: 'latest' }],
  ['a device', { device: 'd_1' }, { ...ALL, deviceId: 'd_1' }],
  ['times', { from: '1970-01-01T00:00:01Z', to: '2000' }, { ...ALL, fromMs: 1_000, toMs: 2_000 }],
  ['a page', { limit: '1000', after: '0' }, { ...ALL, limit: 1_000, after: 0 }],
  ['what we do not know', { colour: 'red', ['__proto__']: '5' }, ALL],
])('frames: %s', (_, query, parsed) => {
  expect(parseFramesQuery(query)).toEqual(parsed);
});

test.each<[path: string, query: object]>([
  ['limit', { limit: '0' }],
  ['limit', { limit: '1001' }],
  ['limit', { limit: 'ten' }],
  ['limit', { limit: '1.5' }],
  ['limit', { limit: ['1', '2'] }],
  ['after', { after: '-1' }],
  ['from', { from: 'yesterday' }],
  ['to', { to: '2026-02-30T00:00:00Z' }],
  ['device', { device: '' }],
  ['session', { session: 'x'.repeat(129) }],
])('frames: a bad %s is named: %j', (path, query) => {
  expect(() => parseFramesQuery(query)).toThrow(
    expect.objectContaining({ code: 'invalid_params', message: expect.stringMatching(new RegExp(`^${path}: .+`)) }),
  );
});

test('export: a session, the current one or all; csv unless said', () => {
  expect(parseExportQuery('s_1', { device: 'd_1', from: '5' })).toEqual({
    deviceId: 'd_1',
    sessionId: 's_1',
    fromMs: 5,
    toMs: null,
  });
  expect(parseExportQuery('latest', { format: 'csv' }).sessionId).toBe('latest');
  expect(parseExportQuery('all', {}).sessionId).toBeNull();
  expect(() => parseExportQuery('all', { format: 'gpx' })).toThrow(/^format: /);
});
