import { expect, test } from 'vitest';
import { claim, openDirectory, visit } from './device-fixture';

test('a new device waits when it has to be let in; a known one does not', async () => {
  const directory = openDirectory();
  const known = visit(directory, { externalId: 'p1' });
  directory.mustApprove(true);
  expect(directory.devices.stateOf(directory.devices.admit(claim({ externalId: 'p1' })).deviceId)).toBe('active');
  const { deviceId } = directory.devices.admit(claim({ externalId: 'p2' }));
  expect(directory.devices.stateOf(deviceId)).toBe('pending');
  expect(directory.devices.waiting().map(({ device }) => device.deviceId)).toEqual([deviceId]);
  await directory.devices.change(deviceId, { access: 'approved' });
  expect(directory.devices.stateOf(deviceId)).toBe('active');
  // Let in before it sent anything: it need not ask again after a restart.
  expect(directory.restart().devices.get(deviceId)?.device.access).toBe('approved');
  expect(known).not.toBe(deviceId);
});

test('one that waits with a key waits after a restart too', async () => {
  const directory = openDirectory();
  directory.mustApprove(true);
  const { deviceId } = directory.devices.admit(claim({ externalId: 'p1' }));
  await directory.devices.issueKey(deviceId);
  const again = directory.restart().devices;
  expect(again.stateOf(deviceId)).toBe('pending');
});

test('who went without being let in is remembered, a hundred of them', () => {
  const { devices, mustApprove, rows } = openDirectory();
  mustApprove(true);
  for (let one = 0; one < 150; one++) devices.release(devices.admit(claim({ externalId: `p${one}` })).deviceId);
  expect(devices.waiting()).toHaveLength(100);
  expect(devices.waiting()[0]?.device.externalId).toBe('p50');
  expect(rows.size).toBe(0);
});
