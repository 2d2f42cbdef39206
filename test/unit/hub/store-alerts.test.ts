import { expect, test } from 'vitest';
import { AlertBoard } from '../../../src/main/hub/alerts';
import { raiseStoreAlerts } from '../../../src/main/hub/store-alerts';
import type { StoreTrouble } from '../../../src/main/store';

const MIB = 1024 * 1024;
const AT = Date.UTC(2026, 10, 21, 20, 5, 35);

function board(): { alerts: AlertBoard; tell: (trouble: StoreTrouble) => void } {
  const alerts = new AlertBoard({ now: () => AT });
  let tell: (trouble: StoreTrouble) => void = () => {};
  raiseStoreAlerts(
    {
      onTrouble: (listener) => {
        tell = listener;
        return () => {};
      },
    },
    alerts,
  );
  return { alerts, tell };
}

const shown = (alerts: AlertBoard) => alerts.list().map(({ severity, sentence }) => [severity, sentence]);

test('an unclean stop is mentioned until the check found the log sound', () => {
  const { alerts, tell } = board();
  tell({ kind: 'unclean_stop' });
  expect(shown(alerts)).toEqual([['info', 'Perch did not stop as it should last time. The log is being checked.']]);
  tell({ kind: 'sound' });
  expect(alerts.list()).toEqual([]);
});

test('damage is told with what was lost and where the damaged file is', () => {
  const { alerts, tell } = board();
  tell({ kind: 'unclean_stop' });
  tell({ kind: 'damaged', findings: ['Tree 12 page 57'] });
  expect(shown(alerts)).toMatchObject([['critical', expect.stringContaining('What can be read is being moved')]]);
  const lostFrames = [
    { from: 7, to: 9, afterMs: AT, beforeMs: AT + 2000 },
    { from: 12, to: 12, afterMs: null, beforeMs: null },
    { from: 50, to: null, afterMs: AT, beforeMs: null },
  ];
  tell({ kind: 'salvaged', salvage: { keptAs: 'perch-damaged-x.sqlite', lostFrames, lostTables: ['devices'] } });
  expect(shown(alerts)).toEqual([
    [
      'critical',
      'The log on the disk was damaged. Lost: frames 7 to 9 (received after 2026-11-21 20:05:35 UTC and before ' +
        '2026-11-21 20:05:37 UTC), frame 12, frames from 50 on (received after 2026-11-21 20:05:35 UTC), part of the ' +
        'devices. The rest is in a new file.',
    ],
  ]);
  expect(alerts.list()[0]?.tip).toContain('perch-damaged-x.sqlite');
  tell({ kind: 'not_salvaged', reason: 'no room' });
  expect(shown(alerts)).toMatchObject([
    ['critical', expect.stringContaining('could not be moved to a new file: no room')],
  ]);
});

test('a disk that fills is warned of, then critical, then cleared', () => {
  const { alerts, tell } = board();
  tell({ kind: 'disk', level: 'low', freeBytes: 900 * MIB });
  expect(shown(alerts)).toEqual([['warning', 'The disk is nearly full: 900 MiB are left.']]);
  tell({ kind: 'disk', level: 'full', freeBytes: 60 * MIB });
  expect(shown(alerts)).toEqual([['critical', 'The disk is full: only 60 MiB are left. Nothing more is stored.']]);
  tell({ kind: 'disk', level: 'ok', freeBytes: 5000 * MIB });
  expect(alerts.list()).toEqual([]);
});

test.each([
  [1, ['Ann'], '1 photo or sound of the log is missing on the disk, or cut off. Sent by Ann.'],
  [3, [], '3 photos and sounds of the log are missing on the disk, or cut off.'],
])('media that are missing are told with their number and whose they were (%i)', (files, people, sentence) => {
  const { alerts, tell } = board();
  tell({ kind: 'media_lost', files, people });
  tell({ kind: 'sound' });
  expect(shown(alerts)).toEqual([['warning', sentence]]);
});
