import { expect, test } from 'vitest';
import { AlertBoard } from '../../../src/main/hub/alerts';
import { FLOOD_MS, FLOOD_TOLD, FloodWatch } from '../../../src/main/hub/flood-watch';
import { createTestClock } from './test-clock';

function watched() {
  const clock = createTestClock();
  const alerts = new AlertBoard(clock);
  const floods = new FloodWatch({ alerts, clock, nameOf: (deviceId) => `Name of ${deviceId}` });
  return { clock, alerts, floods, ids: () => alerts.list().map(({ id }) => id) };
}

const refuse = (floods: FloodWatch, deviceId: string, times: number): void => {
  for (let at = 0; at < times; at += 1) floods.refused(deviceId);
};

test('a device that is refused too often in a minute is told once, and by its name', () => {
  const { floods, alerts, ids } = watched();
  refuse(floods, 'd1', FLOOD_TOLD - 1);
  refuse(floods, 'd2', FLOOD_TOLD - 1);
  expect(ids()).toEqual([]);
  refuse(floods, 'd1', 100);
  expect(ids()).toEqual(['flood.d1']);
  expect(alerts.list()[0]?.sentence).toBe(
    'Name of d1 sends more than the hub takes from one phone; what is too much is refused.',
  );
});

test('refusals spread over minutes are no flood', () => {
  const { floods, clock, ids } = watched();
  for (let minute = 0; minute < 5; minute += 1) {
    refuse(floods, 'd1', FLOOD_TOLD - 1);
    clock.advance(FLOOD_MS);
  }
  expect(ids()).toEqual([]);
});

test('it is over after a minute of quiet, and told again when it comes again', () => {
  const { floods, clock, ids } = watched();
  refuse(floods, 'd1', FLOOD_TOLD);
  clock.advance(FLOOD_MS - 1);
  floods.age();
  floods.refused('d1');
  clock.advance(FLOOD_MS - 1);
  floods.age();
  expect(ids()).toEqual(['flood.d1']);
  clock.advance(1);
  floods.age();
  expect(ids()).toEqual([]);
  refuse(floods, 'd1', FLOOD_TOLD);
  expect(ids()).toEqual(['flood.d1']);
});
