import { expect, test } from 'vitest';
import type { Session } from '../../../src/common/model/session';
import { type SessionStore, Sessions } from '../../../src/main/hub/sessions';
import { storedFrame } from './frame-fixture';
import { createTestClock, T0 } from './test-clock';

const session = (sessionId: string, fields: Partial<Session> = {}): Session => ({
  sessionId,
  name: '',
  startedAtMs: T0 - 1_000,
  endedAtMs: null,
  frames: 0,
  devices: 0,
  ...fields,
});

/** A store that keeps the rows as they were saved, newest first. */
function openStore(known: readonly Session[]) {
  const rows = new Map(known.map((one) => [one.sessionId, one]));
  const gate: { hold: Promise<void> | null; fault: Error | null } = { hold: null, fault: null };
  const store: SessionStore = {
    saveSession: async (row) => {
      if (gate.fault) throw gate.fault;
      rows.set(row.sessionId, { ...session(row.sessionId), ...rows.get(row.sessionId), ...row });
      await gate.hold;
    },
    listSessions: async () => {
      const listed = [...rows.values()].sort((a, b) => b.startedAtMs - a.startedAtMs);
      await gate.hold;
      return listed;
    },
  };
  const open = () => [...rows.values()].filter(({ endedAtMs }) => endedAtMs === null).map(({ sessionId }) => sessionId);
  return { store, rows, gate, open };
}

async function openSessions(known: readonly Session[] = [], name?: string) {
  const kept = openStore(known);
  const clock = createTestClock();
  const told: string[] = [];
  const persons = new Map<string, string>();
  const sessions = await Sessions.open(known, name, () => Promise.resolve(['d1', 'd2']), {
    store: kept.store,
    clock,
    onBegan: (one) => told.push(`began ${one.name}`),
    onRenamed: (one) => told.push(`renamed ${one.name}`),
    personOf: (deviceId) => persons.get(deviceId) ?? deviceId,
  });
  return { ...kept, clock, told, persons, sessions };
}

test('the first run begins an unnamed session', async () => {
  const { sessions, open, told } = await openSessions();
  expect(sessions.current).toMatchObject({ name: '', startedAtMs: T0, endedAtMs: null, frames: 0 });
  expect(open()).toEqual([sessions.current.sessionId]);
  expect(told).toEqual([]);
});

test('a session has as many devices as persons', async () => {
  const { sessions, persons } = await openSessions([session('s1', { devices: 2 })]);
  persons.set('d2', 'd1');
  sessions.regrouped();
  expect(sessions.current.devices).toBe(1);
  persons.set('d3', 'd1');
  for (const deviceId of ['d3', 'd4']) sessions.count(storedFrame({}, { sessionId: 's1', deviceId }));
  expect(sessions.current.devices).toBe(2);
  sessions.uncount(['d1', 'd2', 'd3'], 1);
  expect(sessions.current).toMatchObject({ devices: 1, frames: 1 });
});

test('restart and crash end no session: its counts go on', async () => {
  const { sessions } = await openSessions([session('s1', { name: 'Search', frames: 40, devices: 2 })]);
  sessions.count(storedFrame({}, { sessionId: 's1', deviceId: 'd1' }));
  sessions.count(storedFrame({}, { sessionId: 's1', deviceId: 'd3' }));
  expect(sessions.current).toMatchObject({ sessionId: 's1', name: 'Search', frames: 42, devices: 3 });
});

test('--session resumes the newest of that name, and ends the one before', async () => {
  const known = [
    session('s3', { name: 'Other' }),
    session('s2', { name: 'Search', endedAtMs: T0 - 500, frames: 5 }),
    session('s1', { name: 'Search', endedAtMs: T0 - 900 }),
  ];
  const { sessions, rows, open } = await openSessions(known, 'Search');
  expect(sessions.current).toMatchObject({ sessionId: 's2', endedAtMs: null, frames: 5 });
  expect(open()).toEqual(['s2']);
  expect(rows.get('s3')?.endedAtMs).toBe(T0);
});

test('--session of a name that is not there begins it', async () => {
  const { sessions, open } = await openSessions([session('s1')], 'Search');
  expect(sessions.current).toMatchObject({ name: 'Search', frames: 0, devices: 0 });
  expect(open()).toEqual([sessions.current.sessionId]);
});

test('start ends the current one and begins the next at the same moment', async () => {
  const { sessions, rows, clock, told } = await openSessions([session('s1')]);
  clock.advance(5_000);
  const next = await sessions.start('Search');
  expect(next).toMatchObject({ name: 'Search', startedAtMs: T0 + 5_000, endedAtMs: null });
  expect(rows.get('s1')?.endedAtMs).toBe(T0 + 5_000);
  expect(sessions.current).toEqual(next);
  expect(told).toEqual(['began Search']);
});

test('the change is at once: no frame falls between, and those of before are not counted', async () => {
  const { sessions } = await openSessions([session('s1')]);
  const started = sessions.start('');
  const { sessionId } = sessions.current;
  expect(sessionId).not.toBe('s1');
  sessions.count(storedFrame({}, { sessionId: 's1' }));
  sessions.count(storedFrame({}, { sessionId }));
  expect(await started).toMatchObject({ sessionId, frames: 1, devices: 1 });
});

test('two starts at once leave one open session', async () => {
  const { sessions, open } = await openSessions([session('s1')]);
  await Promise.all([sessions.start('a'), sessions.start('b')]);
  expect(open()).toEqual([sessions.current.sessionId]);
  expect(sessions.current.name).toBe('b');
});

test('the list: newest first, the current one up to this moment', async () => {
  const { sessions } = await openSessions([
    session('s2'),
    session('s1', { startedAtMs: T0 - 9_000, endedAtMs: T0 - 1_000 }),
  ]);
  sessions.count(storedFrame({}, { sessionId: 's2' }));
  const listed = await sessions.list();
  expect(listed.map(({ sessionId }) => sessionId)).toEqual(['s2', 's1']);
  expect(listed[0]?.frames).toBe(1);
});

test('a session that ended while the list was read is listed as ended, and the new one is there', async () => {
  const { sessions, gate } = await openSessions([session('s1')]);
  let release = (): void => undefined;
  gate.hold = new Promise((resolve) => {
    release = resolve;
  });
  const listing = sessions.list();
  const started = sessions.start('b');
  release();
  await started;
  const open = (await listing).filter(({ endedAtMs }) => endedAtMs === null);
  expect(open).toEqual([sessions.current]);
});

test('rename: the current one is told, a past one stays past', async () => {
  const past = session('s1', { startedAtMs: T0 - 9_000, endedAtMs: T0 - 2_000, frames: 7 });
  const { sessions, rows, told } = await openSessions([session('s2'), past]);
  expect(await sessions.rename('s1', 'Past')).toEqual({ ...past, name: 'Past' });
  expect(told).toEqual([]);
  expect((await sessions.rename('s2', 'Now')).name).toBe('Now');
  expect(sessions.current.name).toBe('Now');
  expect([rows.get('s1')?.name, rows.get('s2')?.name]).toEqual(['Past', 'Now']);
  expect(told).toEqual(['renamed Now']);
  await expect(sessions.rename('s9', 'x')).rejects.toMatchObject({ code: 'not_found' });
});

test('a session renamed as it ends keeps the name and the end', async () => {
  const { sessions, rows } = await openSessions([session('s1')]);
  await Promise.all([sessions.rename('s1', 'Search'), sessions.start('next')]);
  expect(rows.get('s1')).toMatchObject({ name: 'Search', endedAtMs: T0 });
  expect(sessions.current.name).toBe('next');
});

test('a disk that fails is told to who asked; frames go on in the session that began', async () => {
  const { sessions, gate } = await openSessions([session('s1')]);
  gate.fault = new Error('disk full');
  await expect(sessions.start('b')).rejects.toThrow('disk full');
  expect(sessions.current.name).toBe('b');
});
