import { expect, test } from 'vitest';
import { fileNameFor } from '../../../src/main/export';

// Noon: the same day in every time zone that a test machine may be in, but for the far Pacific.
const NOON = Date.UTC(2026, 10, 21, 12);

test.each([
  ['Search 3', 'perch-Search-3-2026-11-21.csv'],
  ['', 'perch-2026-11-21.csv'],
  ['  ', 'perch-2026-11-21.csv'],
  ['../../etc/passwd', 'perch-etc-passwd-2026-11-21.csv'],
  ['a:b*c?"d"<e>|f\\g', 'perch-a-b-c-d-e-f-g-2026-11-21.csv'],
  ['Nordgrat, früh – 雪', 'perch-Nordgrat-früh-雪-2026-11-21.csv'],
  ['\u202Eevil\u0000', 'perch-evil-2026-11-21.csv'],
  ['x'.repeat(120), `perch-${'x'.repeat(60)}-2026-11-21.csv`],
])('session %j', (name, expected) => {
  expect(fileNameFor({ name, startedAtMs: NOON }, 0)).toBe(expected);
});

test('all sessions: of the day it is exported', () => {
  expect(fileNameFor(null, NOON)).toBe('perch-all-2026-11-21.csv');
});
