import { expect, test, vi } from 'vitest';
import { AuditLog, OPERATOR, phoneAt } from '../../../src/main/hub/audit';
import { wrongKeys } from '../../../src/main/hub/audit-words';
import type { NewAuditEntry } from '../../../src/main/store';
import { createTestClock, T0 } from './test-clock';

function openAudit() {
  const written: NewAuditEntry[] = [];
  const bugs: unknown[] = [];
  const failing = { is: false };
  const audit = new AuditLog({
    store: {
      recordAudit: (entry) => {
        if (failing.is) return Promise.reject(new Error('disk full'));
        written.push(entry);
        return Promise.resolve();
      },
      audit: () => Promise.resolve({ entries: [], next: null }),
    },
    clock: createTestClock(),
    onBug: (error) => bugs.push(error),
  });
  return { audit, written, bugs, failing };
}

test('an entry says who, what, on which device, when and why', () => {
  const { audit, written } = openAudit();
  audit.record({ action: 'device.kicked', actor: OPERATOR, deviceId: 'd_1', detail: 'Wrong team.' });
  audit.record({ action: 'claim.refused', actor: phoneAt('10.0.0.9'), detail: 'x'.repeat(900) });
  expect(written[0]).toEqual({
    atMs: T0,
    action: 'device.kicked',
    actor: 'operator',
    address: null,
    deviceId: 'd_1',
    detail: 'Wrong team.',
  });
  expect(written[1]).toMatchObject({ actor: 'phone', address: '10.0.0.9', deviceId: null });
  expect(written[1]?.detail).toHaveLength(500);
});

test.each(['join', 'device', 'viewer', 'admin', 'personal'])('a %s key in its words is masked', (kind) => {
  const { audit, written } = openAudit();
  const key = `${kind}-0123456789abcdefghjkmnpqrs`;
  audit.record({ action: 'device.noted', actor: OPERATOR, detail: `Her key is “${key}”, keep it.` });
  expect(written[0]?.detail).toBe('Her key is “(a key)”, keep it.');
});

test('floods are one entry a minute and address, and no more addresses than are bounded', () => {
  vi.useFakeTimers();
  try {
    const { audit, written } = openAudit();
    for (let times = 0; times < 500; times++) audit.gather(wrongKeys('10.0.0.1'));
    audit.gather(wrongKeys('10.0.0.2'));
    expect(written).toEqual([]);
    vi.advanceTimersByTime(60_000);
    expect(written.map(({ address, detail }) => [address, detail])).toEqual([
      ['10.0.0.1', 'Sent 500 wrong keys within a minute.'],
      ['10.0.0.2', 'Sent a wrong key.'],
    ]);
    written.length = 0;
    for (let one = 0; one < 1_000; one++) audit.gather(wrongKeys(`fd00::${one}`));
    audit.flush();
    expect(written).toHaveLength(257);
    expect(written.at(-1)).toMatchObject({ actor: 'hub', detail: expect.stringContaining('744 more') as string });
  } finally {
    vi.useRealTimers();
  }
});

test('a disk that refuses an entry is told of, and stops nobody', async () => {
  const { audit, bugs, failing } = openAudit();
  failing.is = true;
  audit.record({ action: 'device.noted', actor: OPERATOR, detail: '' });
  await Promise.resolve();
  expect(bugs).toHaveLength(1);
});
