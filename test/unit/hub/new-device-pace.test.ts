import { expect, test } from 'vitest';
import { LIMITS } from '../../../src/common/wire/limits';
import { AlertBoard } from '../../../src/main/hub/alerts';
import { NewDevicePace } from '../../../src/main/hub/new-device-pace';
import { claim, openDirectory } from './device-fixture';
import { createTestClock } from './test-clock';

test('500 phones behind one router come in at once; who makes devices without end has to wait, and the operator knows', () => {
  const clock = createTestClock();
  const alerts = new AlertBoard(clock);
  const pace = new NewDevicePace({ clock, alerts });
  const { devices } = openDirectory(undefined, { newDevices: pace });
  const admit = (externalId: string, address = '192.168.1.7') => devices.admit(claim({ externalId, address }));
  for (let number = 1; number <= LIMITS.newDevicesPerMinute; number += 1) devices.keep(admit(`p${number}`).deviceId);
  expect(alerts.list()).toEqual([]);
  expect(() => admit('one more')).toThrow(expect.objectContaining({ code: 'rate_limited', retryAfterMs: 100 }));
  expect(alerts.list().map(({ id }) => id)).toEqual(['crowd.192.168.1.7']);
  // Those that are known, other addresses, and this laptop are not held up.
  expect(admit('p1').deviceId).toBeTruthy();
  expect(admit('elsewhere', '192.168.1.8').deviceId).toBeTruthy();
  for (let number = 1; number <= 2 * LIMITS.newDevicesPerMinute; number += 1) admit(`drill ${number}`, '127.0.0.1');
  clock.advance(100);
  expect(admit('one more').deviceId).toBeTruthy();
});

test('a phone that comes and goes without leaving anything counts once', () => {
  const clock = createTestClock();
  const pace = new NewDevicePace({ clock, alerts: new AlertBoard(clock) });
  const { devices } = openDirectory(undefined, { newDevices: pace });
  for (let number = 1; number <= 2 * LIMITS.newDevicesPerMinute; number += 1)
    devices.release(devices.admit(claim({ username: `ann ${number}`, address: '192.168.1.7' })).deviceId);
});
